// The two gRPC services that a Pulumi program talks to: the resource monitor and the engine.

import * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import {
  GetRootResourceResponse,
  type LogRequest,
  LogSeverity,
  SetRootResourceResponse,
} from "@pulumi/pulumi/proto/engine_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import {
  ReadResourceResponse,
  type RegisterResourceOutputsRequest,
  RegisterResourceResponse,
  SupportsFeatureResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import { type Goal, goalOf, type ReadGoal, readGoalOf } from "./goal";
import { CHANNEL_OPTIONS, empty, fromStruct, handler, rpcError, toStruct } from "./grpc";
import { fromProgram, type PropertyMap } from "./property";
import { Reported } from "./run";
import type { ResourceState } from "./state";

/** What the engine does for a program. Each rejects when the operation is over for the program. */
export interface Deployer {
  register(goal: Goal): Promise<ResourceState>;
  read(goal: ReadGoal): Promise<ResourceState>;
  registerOutputs(urn: string, outputs: PropertyMap): Promise<void>;
  log(severity: "info" | "warning" | "error", message: string, urn: string): void;
}

export interface Monitor {
  readonly address: string;
  close(): void;
}

// Only what is implemented here: a program that uses another feature is told by its own SDK.
const FEATURES = new Set([
  "secrets",
  "resourceReferences",
  "outputValues",
  "aliasSpecs",
  "deletedWith",
  "replaceWith",
  "replacementTrigger",
]);

export async function startMonitor(deployer: Deployer): Promise<Monitor> {
  const server = new grpc.Server(CHANNEL_OPTIONS);
  server.addService(ResourceMonitorService, monitorHandlers(deployer));
  server.addService(EngineService, engineHandlers(deployer));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  return { address: `127.0.0.1:${port}`, close: () => server.forceShutdown() };
}

function monitorHandlers(deployer: Deployer): grpc.UntypedServiceImplementation {
  return {
    supportsFeature: handler((request: { getId(): string }) => {
      const response = new SupportsFeatureResponse();
      response.setHassupport(FEATURES.has(request.getId()));
      return response;
    }),
    registerResource: handler(async (request: Parameters<typeof goalOf>[0]) => {
      if (request.getRemote()) throw unsupported(`remote components (${request.getType()})`);
      if (request.getImportid() !== "") throw unsupported(`the import option (${request.getName()})`);
      const state = await forProgram(() => deployer.register(goalOf(request)));
      const response = new RegisterResourceResponse();
      response.setUrn(state.urn);
      response.setId(state.id ?? "");
      // The outputs of a component may refer to resources that this run hasn't registered yet.
      response.setObject(toStruct(state.custom ? (state.outputs ?? {}) : {}));
      return response;
    }),
    readResource: handler(async (request: Parameters<typeof readGoalOf>[0]) => {
      const state = await forProgram(() => deployer.read(readGoalOf(request)));
      const response = new ReadResourceResponse();
      response.setUrn(state.urn);
      response.setProperties(toStruct(state.outputs ?? {}));
      return response;
    }),
    registerResourceOutputs: handler(async (request: RegisterResourceOutputsRequest) => {
      const outputs = Object.entries(fromStruct(request.getOutputs()));
      const plain = Object.fromEntries(outputs.map(([key, value]) => [key, fromProgram(value)]));
      await forProgram(() => deployer.registerOutputs(request.getUrn(), plain));
      return empty();
    }),
    invoke: handler((request: { getTok(): string }) => {
      throw unsupported(`the function ${request.getTok()}`);
    }),
    call: handler((request: { getTok(): string }) => {
      throw unsupported(`the method ${request.getTok()}`);
    }),
    signalAndWaitForShutdown: handler(() => empty()),
  };
}

function engineHandlers(deployer: Deployer): grpc.UntypedServiceImplementation {
  let root = "";
  return {
    log: handler((request: LogRequest) => {
      const severity = SEVERITIES[request.getSeverity()];
      // Debug messages hold secrets in plain text; they go nowhere.
      if (severity && !request.getEphemeral()) deployer.log(severity, request.getMessage(), request.getUrn());
      return empty();
    }),
    getRootResource: handler(() => {
      const response = new GetRootResourceResponse();
      response.setUrn(root);
      return response;
    }),
    setRootResource: handler((request: { getUrn(): string }) => {
      root = request.getUrn();
      return new SetRootResourceResponse();
    }),
  };
}

const SEVERITIES: { [severity: number]: "info" | "warning" | "error" } = {
  [LogSeverity.INFO]: "info",
  [LogSeverity.WARNING]: "warning",
  [LogSeverity.ERROR]: "error",
};

/** A failure that was reported ends the program quietly: to its SDK, UNAVAILABLE means "the engine is shutting down". */
async function forProgram<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Reported) throw rpcError(grpc.status.UNAVAILABLE, "resource monitor shut down");
    throw error;
  }
}

function unsupported(what: string): Error {
  return rpcError(grpc.status.UNIMPLEMENTED, `the embedded engine does not support ${what}; the Pulumi CLI does`);
}
