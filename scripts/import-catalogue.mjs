// Makes provider/catalogue/data/ from a folder with connector-catalogue-{8.19,main,versions}.json:
//   node scripts/import-catalogue.mjs <folder>
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const target = fileURLToPath(new URL("../provider/catalogue/data/", import.meta.url));
const fieldProperties = [
  "label",
  "type",
  "display",
  "required",
  "sensitive",
  "default_value",
  "value",
  "depends_on",
  "options",
  "validations",
  "tooltip",
  "ui_restrictions",
  "placeholder",
  "order",
];

// Start values that only show what belongs there: left in place, they would pass for a given user name and password.
const standIns = new Set(["sandfly.server_url", "sandfly.username", "sandfly.password"]);

const folder = process.argv[2];
if (folder === undefined) {
  console.error("usage: node scripts/import-catalogue.mjs <folder>");
  process.exit(1);
}
const history = read("versions");
writeCatalogue(8, read("8.19"));
writeCatalogue(9, read("main"));

function read(name) {
  return JSON.parse(readFileSync(join(folder, `connector-catalogue-${name}.json`), "utf8"));
}

function writeCatalogue(major, source) {
  const since = additions(major);
  const types = Object.entries(source.connectors)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, type]) => `    ${JSON.stringify(name)}: ${typeText(name, type, source.field_defaults, since)}`);
  if (since.size > 0) {
    throw new Error(`the versions file names what the ${major}.x catalogue lacks: ${[...since.keys()].join(", ")}`);
  }
  const defaults = JSON.stringify(source.field_defaults, fieldProperties);
  const text = `{\n  "field_defaults": ${defaults},\n  "service_types": {\n${types.join(",\n")}\n  }\n}\n`;
  writeFileSync(join(target, `service-types-${major}.json`), text);
}

// One line per field keeps a later import reviewable.
function typeText(name, type, defaults, since) {
  const head = {
    display_name: type.display_name,
    native_available_8x: type.kibana.native_available_8x,
    since: take(since, name),
    features: type.features,
  };
  const properties = Object.entries(head)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `      ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  const fields = type.field_order.map((fieldName) => {
    const key = `${name}.${fieldName}`;
    const definition = type.configuration[fieldName];
    const shown = standIns.has(key) ? { ...definition, value: "", placeholder: definition.value } : definition;
    const field = trimmed(shown, defaults, take(since, key));
    return `        ${JSON.stringify(fieldName)}: ${JSON.stringify(field)}`;
  });
  properties.push(`      "fields": {\n${fields.join(",\n")}\n      }`);
  return `{\n${properties.join(",\n")}\n    }`;
}

function trimmed(field, defaults, since) {
  const kept = fieldProperties
    .filter((key) => key in field)
    .map((key) => [key, key === "value" || key === "default_value" ? scalar(field[key]) : field[key]])
    .filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(defaults[key]));
  return { ...Object.fromEntries(kept), order: field.order, ...(since && { since }) };
}

// The API takes no lists, and a value that the service computes on its own machine can't be known here.
function scalar(value) {
  return typeof value === "object" && value !== null ? "" : value;
}

function take(map, key) {
  const value = map.get(key);
  map.delete(key);
  return value;
}

// "type" or "type.field" -> the version that added it, for all that a major's first version didn't have.
function additions(major) {
  const minors = Object.keys(history)
    .filter((version) => version.startsWith(`${major}.`))
    .map(minorOf);
  const found = new Map();
  for (const [version, entry] of Object.entries(history)) {
    const isNewest = version === "main" && major === 9;
    const minor = isNewest ? Math.max(...minors) + 1 : minorOf(version);
    const isLater = isNewest || (version.startsWith(`${major}.`) && minor > Math.min(...minors));
    for (const change of isLater ? changesOf(entry) : []) {
      const added = /^(?:(\w+)\.)?\+(\w+)$/.exec(change);
      if (added) {
        found.set(added[1] ? `${added[1]}.${added[2]}` : added[2], `${major}.${minor}`);
      }
    }
  }
  return found;
}

function minorOf(version) {
  return Number(version.split(".")[1]);
}

function changesOf(entry) {
  return Object.entries(entry).find(([key]) => key.startsWith("changes_since_"))?.[1] ?? [];
}
