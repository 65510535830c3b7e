// The calls that the engine makes to a provider, in the engine's own terms: marked secrets in, marked secrets out.

import * as grpc from "@grpc/grpc-js";
import {
  CheckRequest,
  type CheckResponse,
  CreateRequest,
  type CreateResponse,
  DeleteRequest,
  DiffRequest,
  DiffResponse,
  ErrorResourceInitFailed,
  ReadRequest,
  type ReadResponse,
  UpdateRequest,
  type UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { compareMaps, type DiffResult, NO_CHANGES, topLevelKeys } from "./diff";
import { call, fromStruct, isServiceError, messageOf, toStruct } from "./grpc";
import { parsePath, resetPath } from "./paths";
import { annotateSecrets, copy, type PropertyMap, toProvider } from "./property";
import type { ProviderHost } from "./provider-host";
import type { ResourceState } from "./state";
import { nameOf, typeOf } from "./urn";

/** A configured provider. */
export interface Provider {
  /** False in a preview in which the provider's own configuration isn't known yet: it can't be called at all. */
  readonly known: boolean;
  check(urn: string, olds: PropertyMap, news: PropertyMap): Promise<{ inputs: PropertyMap; failures: CheckFailure[] }>;
  diff(old: ResourceState, news: PropertyMap, ignoreChanges: string[]): Promise<DiffResult>;
  create(urn: string, inputs: PropertyMap): Promise<Result>;
  update(old: ResourceState, inputs: PropertyMap): Promise<Result>;
  read(urn: string, id: string, inputs: PropertyMap, outputs: PropertyMap): Promise<ReadResult>;
  delete(old: ResourceState): Promise<void>;
  kill(): void;
  close(): Promise<void>;
}

export interface CheckFailure {
  property: string;
  reason: string;
}

/** What a create or update made. With reasons, the object exists but isn't ready. */
export interface Result {
  id: string;
  outputs: PropertyMap;
  initErrors: string[];
}

export interface ReadResult extends Result {
  /** Undefined when the provider returned no inputs of its own. */
  inputs: PropertyMap | undefined;
}

export function openProvider(host: ProviderHost, known: boolean): Provider {
  return {
    known,
    async check(urn, olds, news) {
      if (!known) return { inputs: news, failures: [] };
      const request = described(new CheckRequest(), urn);
      request.setOlds(toStruct(toProvider(olds)));
      request.setNews(toStruct(toProvider(news)));
      const response = await calling(host, (client) => call<CheckResponse>((answer) => client.check(request, answer)));
      const inputs = fromStruct(response.getInputs());
      annotateSecrets(inputs, news);
      const failures = response.getFailuresList();
      return { inputs, failures: failures.map((f) => ({ property: f.getProperty(), reason: f.getReason() })) };
    },
    async diff(old, news, ignoreChanges) {
      const request = described(new DiffRequest(), old.urn);
      request.setId(old.id ?? "");
      request.setOldInputs(toStruct(toProvider(old.inputs ?? {})));
      request.setOlds(toStruct(toProvider(old.outputs ?? {})));
      request.setNews(toStruct(toProvider(news)));
      request.setIgnorechangesList(ignoreChanges);
      const response = await calling(host, (client) => call<DiffResponse>((answer) => client.diff(request, answer)));
      return diffResult(response, old.inputs ?? {}, withIgnored(news, old.inputs ?? {}, ignoreChanges));
    },
    async create(urn, inputs) {
      const request = described(new CreateRequest(), urn);
      request.setProperties(toStruct(toProvider(inputs)));
      const result = await creating(host, async (client) => {
        const response = await call<CreateResponse>((answer) => client.create(request, answer));
        return { id: response.getId(), outputs: fromStruct(response.getProperties()), initErrors: [] };
      });
      if (result.id === "") throw new Error("the provider did not return an id from create");
      annotateSecrets(result.outputs, inputs);
      return result;
    },
    async update(old, inputs) {
      const request = described(new UpdateRequest(), old.urn);
      request.setId(old.id ?? "");
      request.setOldInputs(toStruct(toProvider(old.inputs ?? {})));
      request.setOlds(toStruct(toProvider(old.outputs ?? {})));
      request.setNews(toStruct(toProvider(inputs)));
      const result = await creating(host, async (client) => {
        const response = await call<UpdateResponse>((answer) => client.update(request, answer));
        return { id: old.id ?? "", outputs: fromStruct(response.getProperties()), initErrors: [] };
      });
      annotateSecrets(result.outputs, inputs);
      return { ...result, id: old.id ?? "" };
    },
    async read(urn, id, inputs, outputs) {
      if (!known) return { id, outputs: {}, inputs: {}, initErrors: [] };
      const request = described(new ReadRequest(), urn);
      request.setId(id);
      request.setInputs(toStruct(toProvider(inputs)));
      request.setProperties(toStruct(toProvider(outputs)));
      const result = await creating(host, async (client) => {
        const response = await call<ReadResponse>((answer) => client.read(request, answer));
        const live = response.getInputs();
        return {
          id: response.getId(),
          outputs: fromStruct(response.getProperties()),
          inputs: live && fromStruct(live),
          initErrors: [],
        };
      });
      annotateSecrets(result.outputs, outputs);
      if (result.inputs) annotateSecrets(result.inputs, inputs);
      return { ...result, inputs: result.inputs };
    },
    async delete(old) {
      const request = described(new DeleteRequest(), old.urn);
      request.setId(old.id ?? "");
      request.setOldInputs(toStruct(toProvider(old.inputs ?? {})));
      request.setProperties(toStruct(toProvider(old.outputs ?? {})));
      await calling(host, (client) => call<unknown>((answer) => client.delete(request, answer)));
    },
    kill: () => host.kill(),
    close: () => host.close(),
  };
}

/** `news` with the old values at the ignored paths; `onInvalid` gets the paths that can't be followed. */
export function withIgnored(
  news: PropertyMap,
  olds: PropertyMap,
  ignoreChanges: string[],
  onInvalid: (paths: string[]) => void = () => {},
): PropertyMap {
  if (ignoreChanges.length === 0) return news;
  const result = copy(news);
  const kept = copy(olds);
  const invalid = ignoreChanges.filter((text) => {
    const path = parsePath(text);
    return path !== undefined && !resetPath(path, kept, result);
  });
  if (invalid.length > 0) onInvalid(invalid);
  return result;
}

interface Described {
  setUrn(urn: string): unknown;
  setName(name: string): unknown;
  setType(type: string): unknown;
}

function described<Request extends Described>(request: Request, urn: string): Request {
  request.setUrn(urn);
  request.setName(nameOf(urn));
  request.setType(typeOf(urn));
  return request;
}

function diffResult(response: DiffResponse, oldInputs: PropertyMap, newInputs: PropertyMap): DiffResult {
  const answer = {
    ...NO_CHANGES,
    replaceKeys: response.getReplacesList(),
    deleteBeforeReplace: response.getDeletebeforereplace(),
  };
  if (response.getChanges() === DiffResponse.DiffChanges.DIFF_NONE) return answer;
  if (response.getChanges() === DiffResponse.DiffChanges.DIFF_SOME) return { ...answer, changes: true };
  // The provider left it open: the engine compares the inputs, and only then knows which properties changed.
  const detailed = compareMaps(oldInputs, newInputs);
  if (detailed.size === 0) return answer;
  return { ...answer, changes: true, changedKeys: topLevelKeys(detailed), detailed };
}

type Client = Awaited<ReturnType<ProviderHost["client"]>>;

async function calling<T>(host: ProviderHost, work: (client: Client) => Promise<T>): Promise<T> {
  try {
    return await work(await host.client());
  } catch (error) {
    const lost = isServiceError(error) && error.code === grpc.status.UNAVAILABLE;
    const note = lost ? await host.deathNote() : undefined;
    throw note ? new Error(note) : error;
  }
}

/** Calls a method that may report a half-made object: such an error is a result with reasons. */
async function creating<T extends Result>(
  host: ProviderHost,
  work: (client: Client) => Promise<T>,
): Promise<Result & { inputs?: PropertyMap | undefined }> {
  try {
    return await calling(host, work);
  } catch (error) {
    const half = initFailure(error);
    if (half) return half;
    throw new Error(messageOf(error));
  }
}

function initFailure(error: unknown): Result | undefined {
  if (!isServiceError(error)) return undefined;
  const [packed] = error.metadata.get("grpc-status-details-bin");
  if (packed === undefined) return undefined;
  for (const detail of Status.deserializeBinary(Buffer.from(packed)).getDetailsList()) {
    if (!detail.getTypeUrl().endsWith("pulumirpc.ErrorResourceInitFailed")) continue;
    const failure = ErrorResourceInitFailed.deserializeBinary(detail.getValue_asU8());
    return {
      id: failure.getId(),
      outputs: fromStruct(failure.getProperties()),
      initErrors: failure.getReasonsList(),
    };
  }
  return undefined;
}
