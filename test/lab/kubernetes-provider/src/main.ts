import { Server, ServerCredentials } from "@grpc/grpc-js";
import grpc from "@pulumi/pulumi/proto/provider_grpc_pb";
import { makeService } from "./service";

/** Set by bin/launch.cjs: the version of the installed @pulumi/kubernetes, whose plugin this replaces. */
declare const PLUGIN_VERSION: string;

const MESSAGE_LIMIT = 400 * 1024 * 1024;

const server = new Server({
  "grpc.max_receive_message_length": MESSAGE_LIMIT,
  "grpc.max_send_message_length": MESSAGE_LIMIT,
});
server.addService(grpc.ResourceProviderService, makeService(PLUGIN_VERSION));
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  // The engine reads the port from the first line.
  process.stdout.write(`${port}\n`);
});

// The engine stops its plugins itself, but a plugin must not outlive a killed engine.
const engine = process.ppid;
setInterval(() => {
  if (process.ppid !== engine) process.exit(0);
}, 1_000);
