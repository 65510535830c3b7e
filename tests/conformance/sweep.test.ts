import { appliesTo, runOn, startFor } from "./embedded-target";
import { entries } from "./entries";
import type { Defect } from "../../embedded/elasticsearch";
const all: Defect[] = ["soft-delete-off","put-merges","privileges-off","invalidated-keys-work","secret-put-ignored","scheduling-write-ignored","required-defaults-true","configuration-accepts-anything","status-unchecked","index-name-uniqueness-off","filtering-activate-ignored","jobs-never-change","key-lookup-always-200","derived-keys-allowed","unknown-members-ignored","settings-unchecked","mappings-unchecked","media-types-ignored","authentication-off","no-product-header","validation-off","updates-ignored","deletes-ignored","filters-ignored","not-found-hidden","defaults-forgotten","key-types-mixed","routes-forgiving","documents-lost","response-parameters-ignored"];
test("sweep", async () => {
  const caught: Record<string,string[]> = {};
  const seen = new Set<string>();
  for (const version of ["9.x","8.19","8.14"] as const) for (const d of all) {
    const s = await startFor(version,[d]);
    const c: string[] = [];
    await Promise.all(entries.filter(e=>appliesTo(e,version)).map(async e=>{ const r=await runOn(s,e,version,[d]).catch(x=>[String(x)]); if(r.length){c.push(e.id);} }));
    await s.close();
    caught[`${version} ${d}`]=c.sort(); for(const x of c) seen.add(x);
  }
  require("fs").writeFileSync("/tmp/sweep.json", JSON.stringify({caught, never: entries.map(e=>e.id).filter(i=>!seen.has(i))},null,1));
}, 600000);
