/** The Pulumi provider that brought an object into its cluster. */
export interface Way {
  /** URN of the provider. */
  readonly provider: string;
  /** ID of the provider, which changes when Pulumi replaces it; undefined in a preview that would replace it. */
  readonly id: string | undefined;
  /** Hash of the cluster's entry in the kubeconfig; empty if unknown. */
  readonly entry: string;
}

/** Annotation that records the way. */
export const PROVIDER = "meshway.io/provider";

/** Path of that annotation, in the syntax of Pulumi's options. */
export const WAY_PATH = `metadata.annotations["${PROVIDER}"]`;

/** Builds the annotation that records an object's way; takes a recorded way's text unchanged. */
export function wayAnnotation(way: Way | string): Record<string, string> {
  return { [PROVIDER]: typeof way === "string" ? way : [way.provider, way.id ?? "", way.entry].join("::") };
}

/** Returns the text of the way that an object's annotations record; undefined if they record none. */
export function wayOf(annotations: Readonly<Record<string, string>> | undefined): string | undefined {
  return annotations?.[PROVIDER];
}

/** Parses the text of a way. */
export function wayIn(text: string | undefined): Way | undefined {
  const parts = text?.split("::");
  if (parts === undefined || parts.length < 3) return undefined;
  const [id = "", entry = ""] = parts.slice(-2);
  return { provider: parts.slice(0, -2).join("::"), id, entry };
}
