/** Says what a build is doing now. */
export type Report = (status: string) => void;
