// A dynamic provider for tests: every call is appended to a file, the "remote" is a JSON file that a test may edit, and
// a third file says what is to go wrong.
const fs = require("node:fs");
const path = require("node:path");

const folder = process.env.FAKE_DIR;
const FORCE_NEW = new Set(["name", "key"]);
const secret = (value) => ({ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value });

function readJson(file, fallback) {
  const full = path.join(folder, file);
  return fs.existsSync(full) ? JSON.parse(fs.readFileSync(full, "utf8")) : fallback;
}

function changeRemote(change) {
  const remote = readJson("remote.json", { next: 1, things: {} });
  const result = change(remote);
  fs.writeFileSync(path.join(folder, "remote.json"), JSON.stringify(remote));
  return result;
}

const strip = ({ __provider, ...rest }) => rest;

function record(method, details) {
  fs.appendFileSync(path.join(folder, "calls.jsonl"), `${JSON.stringify({ method, ...details })}\n`);
}

/** Does what the test asked for this call, if anything: by method and the thing's name. */
async function behave(method, name, inputs) {
  const wish = readJson("behaviour.json", {})[`${method}:${name}`];
  if (wish === undefined) return;
  while (wish.wait && !fs.existsSync(path.join(folder, wish.wait))) await new Promise((done) => setTimeout(done, 20));
  if (wish.exit) process.exit(3);
  if (wish.print) console.log(wish.print);
  if (wish.fail) throw new Error(wish.fail);
  if (wish.init) {
    const id = wish.id ?? changeRemote((remote) => make(remote, inputs));
    throw Object.assign(new Error("not shown"), { id, properties: { ...inputs, stamp: 0 }, reasons: wish.init });
  }
}

function make(remote, inputs) {
  const id = `id-${remote.next++}`;
  remote.things[id] = { ...strip(inputs), stamp: remote.next };
  return id;
}

const equal = (a, b) => JSON.stringify(a) === JSON.stringify(b);

const provider = {
  configure(request) {
    fs.appendFileSync(path.join(folder, "pids"), `${process.pid}\n`);
    record("configure", { region: request.config.get("fake:region"), token: request.config.get("fake:token") });
  },
  async check(olds, news) {
    record("check", { name: news.name, olds: strip(olds), news: strip(news) });
    const failures = [];
    if (news.bad) failures.push({ property: "", reason: `bad: ${news.bad}` });
    const inputs = news.hide === undefined ? news : { ...news, hide: secret(news.hide) };
    return { inputs, failures };
  },
  async diff(id, olds, news) {
    record("diff", { id, name: news.name, olds: strip(olds), news: strip(news) });
    const keys = new Set([...Object.keys(olds), ...Object.keys(news)]);
    const changed = [...keys].filter(
      (k) => !["__provider", "stamp", "derived"].includes(k) && !equal(olds[k], news[k]),
    );
    if (changed.length === 0) return { changes: false };
    const answer = { replaces: changed.filter((k) => FORCE_NEW.has(k)), deleteBeforeReplace: olds.first === true };
    return news.vague ? { ...answer, changes: true } : { ...answer, changes: undefined };
  },
  async create(inputs) {
    record("create", { name: inputs.name, inputs: strip(inputs) });
    await behave("create", inputs.name, inputs);
    return changeRemote((remote) => {
      const id = make(remote, inputs);
      const derived = inputs.hide === undefined ? {} : { derived: secret(`derived-${inputs.hide}`) };
      return { id, outs: { ...inputs, stamp: remote.things[id].stamp, ...derived } };
    });
  },
  async update(id, olds, news) {
    record("update", { id, name: news.name, olds: strip(olds), news: strip(news) });
    await behave("update", news.name, news);
    return changeRemote((remote) => {
      remote.things[id] = { ...strip(news), stamp: remote.next++ };
      return { outs: { ...news, stamp: remote.things[id].stamp } };
    });
  },
  async read(id, props) {
    record("read", { id, name: props.name });
    await behave("read", props.name, props);
    const live = readJson("remote.json", { things: {} }).things[id];
    if (live === undefined) return {};
    const { stamp, ...inputs } = live;
    return { id, props: { ...props, ...live }, inputs };
  },
  async delete(id, props) {
    record("delete", { id, name: props.name });
    await behave("delete", props.name, props);
    changeRemote((remote) => {
      delete remote.things[id];
    });
  },
};

module.exports = { get: () => provider };
