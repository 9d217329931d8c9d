import { entry } from "../catalog-entry.js";
import { quote } from "../words.js";

/** 0280: headers whose values may be empty. */
export const emptyHeaders = {
  MW0280: entry<{ header: string; value: string; side: "request" | "response" }>({
    name: "empty-header-value",
    severity: "warning",
    meaning:
      "A policy sets a header to a value that may be empty. Envoy then writes nothing, and the value that the client " +
      "or the backend sent goes on.",
    message: ({ header, value, side }) =>
      `${quote(value)} may be empty, and header ${quote(header)} then keeps the value that the ` +
      `${side === "request" ? "client" : "backend"} sent`,
    help: ({ header, side }) =>
      `add ${quote(header)} to \`remove${side === "request" ? "Request" : "Response"}Headers\` too, which takes ` +
      "effect first, or add text to the value",
  }),
};
