// A MongoDB connector as in Elastic's tutorial: the sample database's movies, synchronised every night.
import * as pulumi from "@pulumi/pulumi";
import * as elastic from "pulumi-elastic-connectors";

const config = new pulumi.Config();

const movies = new elastic.ContentConnector("movies", {
  serviceType: "mongodb",
  native: config.getBoolean("native") ?? false,
  description: "Movies of MongoDB's sample data set",
  language: "en",
  index: { name: config.require("indexName") },
  apiKey: { keepers: { rotation: config.get("rotation") ?? "1" } },
  configuration: {
    host: "mongodb+srv://cluster0.example.net",
    user: "elastic",
    password: config.getSecret("mongodbPassword") ?? "",
    database: "sample_mflix",
    collection: "movies",
    ssl_enabled: true,
  },
  scheduling: { full: { enabled: true, interval: "0 0 2 * * ?" } },
});

export const indexName = movies.indexName;
export const connectorId = movies.connectorId;
export const apiKeyId = movies.apiKeyId;
/** For the `connectors:` list of the connectors service, when you run it yourself. */
export const serviceEntry = movies.serviceEntry;
