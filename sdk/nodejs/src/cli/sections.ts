import { KINDS, type Kind } from "../kinds/kinds.js";
import { REGISTRY } from "../model/registry.js";

type Sections = { readonly [K in Kind as (typeof REGISTRY)[K]["section"]]: K };

/** Top-level keys of a model file: for each kind, a map of its resources by name. */
export const SECTIONS = Object.fromEntries(KINDS.map((kind) => [REGISTRY[kind].section, kind])) as Sections;
