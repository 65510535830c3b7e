// A native connector from before 8.13 ran with the rights of Elastic's own service. After the upgrade it gets a key of its
// own: the connector and its index are taken over as they are, and keys are enabled. From then on its index can be changed.
import * as pulumi from "@pulumi/pulumi";
import * as elastic from "pulumi-elastic-connectors";

const config = new pulumi.Config();

const movies = new elastic.ContentConnector(
  "movies",
  {
    serviceType: "mongodb",
    native: true,
    // As Kibana shows them; the preview lists what would change in it.
    connectorId: config.require("connectorId"),
    name: config.require("connectorName"),
    adopt: true,
    index: { name: config.require("indexName"), adopt: true },
    features: { nativeConnectorApiKeys: true },
  },
  // Neither is deleted when this program ends. The key is: give the connector another one then.
  { childOptions: { index: { retainOnDelete: true }, connector: { retainOnDelete: true } } },
);

export const apiKeyId = movies.apiKeyId;
