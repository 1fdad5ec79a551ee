import { canonicalJson, type Json } from "@biotop/kernel";
import type { InvariantCheck } from "@biotop/platform/module";
import { sha256Hex } from "./calculate.ts";

const examplesMax = 20;
const batch = 500;

type VersionRow = { id: string; document: string; hash: string; terms: Json; parties: Json; turn_document: string; turn_hash: string };

/** What `biotop verify` reads over all contracts. */
export const contractsInvariants: readonly InvariantCheck[] = [
  {
    id: "contracts.hash-of-version",
    statement: "A version's hash is the SHA-256 of its document, and its terms and parties are those of the document.",
    violations: async (tx) => {
      const broken: string[] = [];
      for (let after = ""; broken.length < examplesMax; ) {
        const { rows } = await tx.query<VersionRow>(
          `select v.id, v.document, v.hash, v.terms, v.parties, t.document as turn_document, t.hash as turn_hash
           from contracts.version v join contracts.turn t on t.proposal_id = v.proposal_id and t.no = v.turn_no
           where v.id > $1 order by v.id limit $2`,
          [after, batch],
        );
        broken.push(...rows.flatMap(faultsOf));
        const last = rows.at(-1);
        if (!last || rows.length < batch) break;
        after = last.id;
      }
      return broken.slice(0, examplesMax);
    },
  },
  {
    id: "contracts.accepted-by-all",
    statement: "Every version is accepted by all its signatories on its hash.",
    violations: async (tx) => {
      const { rows } = await tx.query<{ text: string }>(
        `select v.id || ': not accepted by ' || (party ->> 'org') as text
         from contracts.version v cross join lateral jsonb_array_elements(v.parties) party
         where (party ->> 'signatory')::boolean and not exists (
           select from contracts.acceptance a
           where a.proposal_id = v.proposal_id and a.turn_no = v.turn_no and a.org_id = party ->> 'org' and a.hash = v.hash)
         limit $1`,
        [examplesMax],
      );
      return rows.map((row) => row.text);
    },
  },
  {
    id: "contracts.one-in-force",
    statement: "At most one contract version is in force for a programme and an earner at any instant.",
    violations: async (tx) => {
      const { rows } = await tx.query<{ text: string }>(
        `(select programme_id || ' and ' || earner_id || ': ' || count(*) || ' contracts' as text
            from contracts.contract group by programme_id, earner_id having count(*) > 1 limit $1)
         union all
         (select v.id || ': takes effect before the version it replaces'
            from contracts.version v join contracts.version p on p.contract_id = v.contract_id and p.no = v.no - 1
            where v.effective_from <= p.effective_from limit $1)
         union all
         (select v.id || ': the version before it is missing' from contracts.version v
            where v.no > 1 and not exists (select from contracts.version p where p.contract_id = v.contract_id and p.no = v.no - 1) limit $1)`,
        [examplesMax],
      );
      return rows.map((row) => row.text);
    },
  },
  {
    id: "contracts.turn-hash",
    statement: "A turn's hash is the SHA-256 of its document: past turns are never rewritten.",
    violations: async (tx) => {
      const { rows } = await tx.query<{ text: string }>(
        `select proposal_id || ' turn ' || no || ': hash differs' as text from contracts.turn
         where encode(sha256(convert_to(document, 'UTF8')), 'hex') <> hash limit $1`,
        [examplesMax],
      );
      return rows.map((row) => row.text);
    },
  },
];

function faultsOf(row: VersionRow): readonly string[] {
  if (sha256Hex(row.document) !== row.hash) return [`${row.id}: the document does not have the hash ${row.hash}`];
  if (row.document !== row.turn_document || row.hash !== row.turn_hash) return [`${row.id}: differs from the turn that was accepted`];
  const signed = JSON.parse(row.document) as { readonly terms: Json; readonly parties: Json };
  if (canonicalJson(signed.terms) !== canonicalJson(row.terms)) return [`${row.id}: terms differ from the signed document`];
  if (canonicalJson(signed.parties) !== canonicalJson(row.parties)) return [`${row.id}: parties differ from the signed document`];
  return [];
}
