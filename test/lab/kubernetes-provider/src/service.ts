import type { ServerUnaryCall, sendUnaryData, UntypedServiceImplementation } from "@grpc/grpc-js";
import plugin from "@pulumi/pulumi/proto/plugin_pb";
import provider from "@pulumi/pulumi/proto/provider_pb";
import empty from "google-protobuf/google/protobuf/empty_pb";
import { check } from "./check";
import { diffConfig, readVariables } from "./configure";
import { create } from "./create";
import { remove } from "./delete";
import { diff } from "./diff";
import { toServiceError } from "./failure";
import type { JsonObject } from "./json";
import { fromStruct } from "./property-values";
import { read } from "./read";
import { Settings } from "./settings";
import { UnsupportedError } from "./unsupported-error";
import { update } from "./update";

/** The Pulumi resource provider protocol, for one configured provider. */
export function makeService(version: string): UntypedServiceImplementation {
  const cancel = new AbortController();
  const cancelled = cancel.signal;
  // Before Configure, nothing is known about the cluster, as in a preview with an unknown kubeconfig.
  let settings = new Settings(new Map(), cancelled);
  return {
    handshake: handle("handshake", nothing, () =>
      new provider.ProviderHandshakeResponse().setAcceptSecrets(true).setSupportsAutonamingConfiguration(true),
    ),
    attach: handle("attach", nothing, () => new empty.Empty()),
    getPluginInfo: handle("plugin info", nothing, () => new plugin.PluginInfo().setVersion(version)),
    getSchema: handle("schema", nothing, () => new provider.GetSchemaResponse().setSchema(schema(version))),
    parameterize: handle("parameterize", nothing, () => unsupported("parameterized packages")),
    invoke: handle("invoke", nothing, (request: provider.InvokeRequest) =>
      unsupported(`invokes (${request.getTok()})`),
    ),
    construct: handle("construct", nothing, (request: provider.ConstructRequest) =>
      unsupported(`remote components (${request.getType()})`),
    ),
    checkConfig: handle("check of the provider", nothing, (request: provider.CheckRequest) =>
      new provider.CheckResponse().setInputs(request.getNews()),
    ),
    diffConfig: handle("diff of the provider", nothing, diffConfig),
    configure: handle("configuration", nothing, (request: provider.ConfigureRequest) => {
      settings = new Settings(readVariables(request), cancelled);
      return new provider.ConfigureResponse()
        .setAcceptsecrets(true)
        .setSupportspreview(true)
        .setSupportsAutonamingConfiguration(true);
    }),
    check: handle("check", news, (request: provider.CheckRequest) => check(request, settings)),
    diff: handle("diff", news, (request: provider.DiffRequest) => diff(request, settings)),
    create: handle(
      "creation",
      (request) => fromStruct(request.getProperties()),
      (request: provider.CreateRequest) => create(request, settings, cancelled),
    ),
    update: handle(
      "update",
      (request) => {
        const old = fromStruct(request.getOlds());
        return { ...fromStruct(request.getNews()), __old: old, __fieldManager: old.__fieldManager ?? "" };
      },
      (request: provider.UpdateRequest) => update(request, settings),
    ),
    read: handle(
      "read",
      (request) => fromStruct(request.getProperties()),
      (request: provider.ReadRequest) => read(request, settings),
    ),
    delete: handle(
      "deletion",
      (request) => fromStruct(request.getProperties()),
      async (request: provider.DeleteRequest) => {
        await remove(request, settings, cancelled);
        return new empty.Empty();
      },
    ),
    cancel: handle("cancel", nothing, () => {
      cancel.abort(new Error("cancelled"));
      return new empty.Empty();
    }),
  };
}

function schema(version: string): string {
  return JSON.stringify({ name: "kubernetes", version, resources: {}, functions: {}, types: {} });
}

const nothing = (): JsonObject => ({});

function news(request: { getNews(): ReturnType<provider.CheckRequest["getNews"]> }): JsonObject {
  return fromStruct(request.getNews());
}

function unsupported(what: string): never {
  throw new UnsupportedError(what);
}

/** Adapts a function to gRPC; `objectOf` is only called after a failure. */
function handle<Request, Response>(
  verb: string,
  objectOf: (request: Request) => JsonObject,
  answer: (request: Request) => Response | Promise<Response>,
) {
  return async (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>): Promise<void> => {
    try {
      callback(null, await answer(call.request));
    } catch (error) {
      if (process.env.MESHWAY_LAB_DEBUG === "1" && error instanceof Error) process.stderr.write(`${error.stack}\n`);
      callback(toServiceError(error, { verb, object: objectOf(call.request) }));
    }
  };
}
