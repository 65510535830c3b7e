import * as grpc from "@grpc/grpc-js";
import { openProvider } from "../../embedded/engine/provider";
import { providerHost, type Spawned } from "../../embedded/engine/provider-host";

/** A process that is gone before it has answered anything. */
const DEAD = {
  child: { exited: Promise.resolve({ code: null, signal: "SIGKILL" }), end: () => Promise.resolve(), kill: () => {} },
  client: { configure: (_: unknown, answer: (error: unknown) => void) => answer(lost()), close: () => {} },
} as unknown as Spawned;

test("a provider process that dies while it is configured says so at every call", async () => {
  const provider = openProvider(
    providerHost(() => Promise.resolve(DEAD), {}),
    true,
  );
  const urn = "urn:pulumi:dev::tests::pulumi-nodejs:dynamic/elastic:Index::notes";
  for (let calls = 0; calls < 2; calls++) {
    await expect(provider.check(urn, {}, {})).rejects.toThrow(/ended unexpectedly \(SIGKILL\)\..*What to do: /);
  }
});

function lost(): Error {
  const error = new Error("14 UNAVAILABLE: Connection dropped");
  return Object.assign(error, {
    code: grpc.status.UNAVAILABLE,
    details: "Connection dropped",
    metadata: new grpc.Metadata(),
  });
}
