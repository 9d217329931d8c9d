/** Reports the current step of a build. */
export type Report = (status: string) => void;
