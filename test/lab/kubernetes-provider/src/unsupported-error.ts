/** Something that the official plugin does and this stand-in doesn't. */
export class UnsupportedError extends Error {
  constructor(what: string) {
    super(`${what} are not done by Meshway's stand-in for the Kubernetes plugin: use the official plugin for them`);
  }
}
