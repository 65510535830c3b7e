import type { Elasticsearch } from "./connection";
import { unlessMissing } from "./not-found";

const secret = (id: string) => ["_connector", "_secret", id];

/** Stores a value under an id of ours: made when new, else overwritten. */
export async function putSecret(es: Elasticsearch, id: string, value: string): Promise<void> {
  await es.send({ method: "PUT", path: secret(id), body: { value }, what: "store the connector secret" });
}

export async function getSecret(es: Elasticsearch, id: string): Promise<string | undefined> {
  const what = "read the connector secret";
  const answer = await unlessMissing(es.send<{ value: string }>({ method: "GET", path: secret(id), what }));
  return answer?.value;
}

/** Deletes a secret. One that is gone already is deleted. */
export async function deleteSecret(es: Elasticsearch, id: string): Promise<void> {
  await unlessMissing(es.send({ method: "DELETE", path: secret(id), what: "delete the connector secret" }));
}
