/** Rows of a CSV text by the names in its first line: comma, semicolon or tab; quotes as in RFC 4180; a byte order mark is dropped. */
export function readCsv(text: string): readonly Readonly<Record<string, string>>[] {
  const plain = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const [header, ...lines] = records(plain, separatorOf(plain));
  if (!header) return [];
  const names = header.map((name) => name.trim());
  return lines
    .filter((fields) => fields.some((field) => field.trim() !== ""))
    .map((fields) => Object.fromEntries(names.map((name, index) => [name, (fields[index] ?? "").trim()])));
}

function separatorOf(text: string): string {
  const line = text.split("\n", 1)[0] ?? "";
  const counted = [",", ";", "\t"].map((separator) => ({ separator, count: line.split(separator).length }));
  return counted.reduce((best, each) => (each.count > best.count ? each : best)).separator;
}

function records(text: string, separator: string): readonly (readonly string[])[] {
  const all: string[][] = [];
  let record: string[] = [];
  let field = "";
  let isQuoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (isQuoted && character === '"' && text.charAt(index + 1) === '"') {
      field += '"';
      index += 1;
    } else if (character === '"' && (isQuoted || field === "")) isQuoted = !isQuoted;
    else if (!isQuoted && character === separator) {
      record.push(field);
      field = "";
    } else if (!isQuoted && character === "\n") {
      all.push([...record, field]);
      record = [];
      field = "";
    } else if (isQuoted || character !== "\r") field += character;
  }
  if (field !== "" || record.length > 0) all.push([...record, field]);
  return all;
}
