import { Metadata } from "@grpc/grpc-js";
import provider from "@pulumi/pulumi/proto/provider_pb";
import statuses from "@pulumi/pulumi/proto/status_pb";
import any from "google-protobuf/google/protobuf/any_pb";

/** The state after a failed operation. */
export interface Remains {
  readonly id: string;
  /** The outputs for the state, in Pulumi's wire format. */
  readonly outputs: ReturnType<provider.UpdateRequest["getNews"]>;
}

/** A failure that leaves an object behind: the engine keeps it in the state, with the error. */
export class PartialFailure extends Error {
  constructor(
    readonly problem: unknown,
    readonly remains: Remains,
  ) {
    super("an operation failed half way");
  }
}

/** Returns the state as gRPC transfers it: a status message in a trailer. */
export function remainsTrailer({ id, outputs }: Remains, code: number, message: string): Metadata {
  const detail = new provider.ErrorResourceInitFailed().setId(id).setProperties(outputs).setReasonsList([message]);
  const packed = new any.Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new statuses.Status().setCode(code).setMessage(message).setDetailsList([packed]);
  const metadata = new Metadata();
  metadata.set("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return metadata;
}
