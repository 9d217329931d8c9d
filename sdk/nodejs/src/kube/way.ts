/** The way by which Pulumi got an object into its cluster. */
export interface Way {
  /** URN of the provider. */
  readonly provider: string;
  /** ID of the provider, which is another one once Pulumi has replaced it; undefined in a preview that would. */
  readonly id: string | undefined;
  /** A hash of the cluster's entry in the kubeconfig; empty where that is not known. */
  readonly entry: string;
}

/** The annotation that tells the way. */
export const PROVIDER = "meshway.io/provider";

/** The path of the annotation that says by which way an object came, as Pulumi's options name properties. */
export const WAY_PATH = `metadata.annotations["${PROVIDER}"]`;

/** The annotation by which an object says by which way it came; takes the text of one as it is. */
export function wayAnnotation(way: Way | string): Record<string, string> {
  return { [PROVIDER]: typeof way === "string" ? way : [way.provider, way.id ?? "", way.entry].join("::") };
}

/** What an object with these annotations says of its way, as text; undefined where it says nothing. */
export function wayOf(annotations: Readonly<Record<string, string>> | undefined): string | undefined {
  return annotations?.[PROVIDER];
}

/** The way that a text tells. */
export function wayIn(text: string | undefined): Way | undefined {
  const parts = text?.split("::");
  if (parts === undefined || parts.length < 3) return undefined;
  const [id = "", entry = ""] = parts.slice(-2);
  return { provider: parts.slice(0, -2).join("::"), id, entry };
}
