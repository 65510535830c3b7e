// What a platform team can demand of every stack: `pulumi up --policy-pack examples/policy`. In a project of your own the
// pack needs `npm install @pulumi/policy @pulumi/pulumi`. A rule can be relaxed for one stack with --policy-pack-config:
// {"elastic-https-only": "advisory"}, for a development server.
import { PolicyPack } from "@pulumi/policy";
import { policies } from "./rules";

new PolicyPack("elastic-connectors", { enforcementLevel: "mandatory", policies });
