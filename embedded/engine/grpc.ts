// The messages and services that Pulumi ships, and small functions around them.

import { createRequire } from "node:module";
import * as grpc from "@grpc/grpc-js";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import type { PropertyMap } from "./property";

/** Protobuf's Struct, in the very copy of the library that Pulumi's messages were made with. */
export type Struct = NonNullable<ReturnType<RegisterResourceRequest["getObject"]>>;

interface MessageClass<T> {
  new (): T;
}

interface StructClass extends MessageClass<Struct> {
  fromJavaScript(value: PropertyMap): Struct;
}

const requireAsPulumi = createRequire(require.resolve("@pulumi/pulumi"));
const { Struct: StructMessage } = requireAsPulumi("google-protobuf/google/protobuf/struct_pb") as {
  Struct: StructClass;
};
const { Empty } = requireAsPulumi("google-protobuf/google/protobuf/empty_pb") as { Empty: MessageClass<never> };

// Pulumi's own limit is far above what gRPC allows by default: one resource may carry megabytes.
const MAX_MESSAGE = 400 * 1024 * 1024;
export const CHANNEL_OPTIONS = {
  "grpc.max_receive_message_length": MAX_MESSAGE,
  "grpc.max_send_message_length": MAX_MESSAGE,
};

export function empty(): never {
  return new Empty();
}

export function toStruct(map: PropertyMap): Struct {
  return StructMessage.fromJavaScript(map);
}

export function fromStruct(struct: Struct | undefined): PropertyMap {
  return struct ? (struct.toJavaScript() as PropertyMap) : {};
}

/** Waits for the answer of a gRPC client's method. */
export function call<Response>(
  start: (answer: (error: grpc.ServiceError | null, response: Response) => void) => unknown,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    start((error, response) => (error ? reject(error) : resolve(response)));
  });
}

/** Makes a gRPC handler from an async function. What it throws reaches the caller with its code, or as INTERNAL. */
export function handler<Request, Response>(
  serve: (request: Request) => Promise<Response> | Response,
): grpc.handleUnaryCall<Request, Response> {
  return (incoming, callback) => {
    Promise.resolve()
      .then(() => serve(incoming.request))
      .then(
        (response) => callback(null, response),
        (error: unknown) =>
          callback(isServiceError(error) ? error : { code: grpc.status.INTERNAL, details: messageOf(error) }),
      );
  };
}

export function rpcError(code: grpc.status, details: string): Error {
  return Object.assign(new Error(details), { code, details, metadata: new grpc.Metadata() });
}

/** The message of a failed call, without the code that gRPC puts in front of it. */
export function messageOf(error: unknown): string {
  if (isServiceError(error)) return error.details;
  // Not `instanceof Error`: what Node itself throws is of another realm in some test runners.
  return typeof error === "object" && error !== null && "message" in error ? String(error.message) : String(error);
}

export function isServiceError(error: unknown): error is grpc.ServiceError {
  return typeof error === "object" && error !== null && "code" in error && "details" in error && "metadata" in error;
}
