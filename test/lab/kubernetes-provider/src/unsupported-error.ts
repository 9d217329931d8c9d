/** A feature of the official plugin that this stand-in lacks. */
export class UnsupportedError extends Error {
  constructor(what: string) {
    super(`${what} are not done by Meshway's stand-in for the Kubernetes plugin: use the official plugin for them`);
  }
}
