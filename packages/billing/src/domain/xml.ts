/** A node of an XML file: name, attributes, and text or children; absent children are left out. */
export type XmlNode = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly content: string | readonly XmlChild[];
};
export type XmlChild = XmlNode | null;

export function element(name: string, content: string | readonly XmlChild[], attributes: Readonly<Record<string, string>> = {}): XmlNode {
  return { name, attributes, content };
}

/** UTF-8 without byte order mark, two spaces of indentation, line feeds: the same model gives the same bytes. */
export function xmlText(root: XmlNode): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${render(root, "")}`;
}

function render({ name, attributes, content }: XmlNode, indent: string): string {
  const head = `${name}${Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(value)}"`)
    .join("")}`;
  if (typeof content === "string") return `${indent}<${head}>${escaped(content)}</${name}>\n`;
  const children = content.filter((child) => child !== null).map((child) => render(child, `${indent}  `));
  return children.length === 0 ? `${indent}<${head}/>\n` : `${indent}<${head}>\n${children.join("")}${indent}</${name}>\n`;
}

function escaped(text: string): string {
  return text.replaceAll(forbidden, "").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** XML 1.0 knows no control characters but tab, line feed and carriage return. */
const forbidden = /[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu;
