import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Schema } from "node-schematron";
import { validateXML } from "xmllint-wasm";

const repository = join(import.meta.dirname, "../../..");

/** Official schemas and rules lie beside the repository, where they are at all; they are not ours to ship. */
export const officialFolder = join(process.env["BIOTOP_SHARED"] ?? join(repository, "../shared"), "conformance");
export const hasOfficialMaterial = existsSync(officialFolder);
if (!hasOfficialMaterial) process.stdout.write("billing: skipped the official schemas and rules, their folder is not here\n");

const ciiFolder = join(officialFolder, "en16931-1.3.16/cii");
const ciiNames = ["", "QualifiedDataType_", "ReusableAggregateBusinessInformationEntity_", "UnqualifiedDataType_"].map(
  (part) => `CrossIndustryInvoice_${part}100pD16B.xsd`,
);

/** Errors of the CII D16B schema. */
export function ciiSchemaErrors(xml: string): Promise<readonly string[]> {
  const [main = "", ...imported] = ciiNames.map((name) => ({
    fileName: name,
    contents: readFileSync(join(ciiFolder, "xsd", name), "utf8"),
  }));
  return schemaErrors(xml, [main], imported);
}

/** Errors of the bank file's schema. */
export function pain001SchemaErrors(xml: string): Promise<readonly string[]> {
  const name = "pain.001.001.09.xsd";
  return schemaErrors(xml, [{ fileName: name, contents: readFileSync(join(officialFolder, "iso20022/xsd", name), "utf8") }], []);
}

type SchemaFile = { readonly fileName: string; readonly contents: string };

async function schemaErrors(xml: string, schema: readonly (SchemaFile | "")[], preload: readonly SchemaFile[]): Promise<readonly string[]> {
  const result = await validateXML({
    xml: [{ fileName: "document.xml", contents: xml }],
    schema: schema.filter((file) => file !== ""),
    preload: [...preload],
    maxMemoryPages: 1024,
  });
  return result.errors.map((error) => error.message);
}

let rules: { readonly schema: Schema; readonly warnings: ReadonlySet<string> } | undefined;

/** Broken rules of EN 16931, each with its id: the fatal ones and those that only warn. */
export function en16931Findings(xml: string): { readonly fatal: readonly string[]; readonly warnings: readonly string[] } {
  rules ??= loadRules();
  const { schema, warnings } = rules;
  const found = schema.validateString(xml, { debug: true }).map((finding) => ({
    isWarning: warnings.has(finding.assertId ?? ""),
    text: `${finding.assertId}: ${finding.message}`.slice(0, 300),
  }));
  const textsOf = (isWarning: boolean) => found.filter((finding) => finding.isWarning === isWarning).map((finding) => finding.text);
  return { fatal: textsOf(false), warnings: textsOf(true) };
}

function loadRules(): NonNullable<typeof rules> {
  const text = readFileSync(join(ciiFolder, "EN16931-CII-validation-preprocessed.sch"), "utf8");
  const warnings = [...text.matchAll(/<assert id="([^"]+)" flag="warning"/g)].map((match) => match[1] ?? "");
  return { schema: Schema.fromString(text.replaceAll(/context="([^"]+)"/g, relativeContext)), warnings: new Set(warnings) };
}

/**
 * The validator looks for a rule's nodes below each node of the document: an absolute path is walked as often as there are nodes.
 * The same path as seen from its start finds the same nodes, in a fiftieth of the time.
 */
function relativeContext(_match: string, context: string): string {
  const paths = context.split(" | ").map((path) => path.trim().replace(/^\/\//, "").replace(/^\//, "self::document-node()/"));
  return `context="${paths.join(" | ")}"`;
}
