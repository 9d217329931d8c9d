/** Describes why a program failed: its own message, and where in its own files. */
export function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return typeof error === "string" ? error : String(JSON.stringify(error));
  const message = error.message.trim() === "" ? error.name : error.message;
  // errors that Pulumi or a program throws deliberately need no location
  if (
    "__pulumiRunError" in error ||
    ("__pulumiResourceError" in error && "hideStack" in error && error.hideStack === true)
  )
    return message;
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  const own = frames.filter((line) => !/node_modules|node:|[\\/]cli[\\/](load-program|program-host)\./.test(line));
  return [message, ...own.slice(0, 3)].join("\n");
}
