import type { Remark } from "./model";

const NAMED = "named, and not managed";

/** The index that a connector names can't be looked at. */
export function hiddenIndex(name: string): Remark {
  return {
    text: `The index '${name}' can't be read with these credentials (which takes view_index_metadata on it): it is ${NAMED}.`,
    together: `These indices can't be read with these credentials (which takes view_index_metadata on them): they are ${NAMED}.`,
    about: name,
  };
}

export function missingIndex(name: string): Remark {
  return {
    text: `There is no index '${name}' yet: it is ${NAMED}.`,
    together: `These indices aren't there yet: they are ${NAMED}.`,
    about: name,
  };
}

export function undeclarable(what: string, why: string): Remark {
  return { text: `${what} ${why.replace(/\.$/, "")}: it is ${NAMED}.` };
}

export function hiddenKey(id: string): Remark {
  const cause = "can't be seen with these credentials (which takes read_security or manage_api_key)";
  return {
    text: `Its API key '${id}' isn't active, or ${cause}: it is ${NAMED}.`,
    together: `The API keys of these connectors aren't active, or ${cause}: they are ${NAMED}.`,
  };
}

export function hiddenSecret(id: string): Remark {
  const cause = "can't be read with these credentials (which takes read_connector_secrets)";
  return {
    text: `Its secret '${id}' isn't there, or ${cause}: it is ${NAMED}.`,
    together: `The secrets of these connectors aren't there, or ${cause}: they are ${NAMED}.`,
  };
}

export const UNKNOWN_VALUE: Remark = {
  text: "Its value can't be read back: it is known from its first rotation on.",
  together: "The values of these keys can't be read back: each is known from its first rotation on.",
};

/** Said of a connector whose key is made anew. */
export function newKey(old: string): Remark {
  return {
    text: `A new key: the one that the connector has, '${old}', can't be adopted. Invalidate that one when nothing uses it.`,
    together: "These keys can't be adopted, new ones take their place. Invalidate each when nothing uses it any more.",
    about: old,
  };
}

export function madeWithout(missing: string[]): Remark {
  const what = missing.join(" and ");
  return {
    text: `It was made without ${what}, and stays so until they are declared.`,
    together: `These connectors were made without ${what}, and stay so until they are declared.`,
  };
}

export function owned({ project, stack, resource }: { project: string; stack: string; resource: string }): Remark {
  return {
    text: `Resource '${resource}' of stack '${project}/${stack}' made it: take it out of that program first.`,
    together: `Resources of stack '${project}/${stack}' made these: take them out of that program first.`,
  };
}

/** A connector that has no place in a program. */
export function typeless(title: string): Remark {
  return {
    text: `Connector ${title} has no service type yet.`,
    together: "These connectors have no service type yet.",
    about: title,
  };
}
