/**
 * The central bank's XML (`<Cube time='2010-12-01'><Cube currency='USD' rate='1.3115'/>…`) in the form of its CSV, so that
 * one reader judges both.
 */
export function ratesXmlAsCsv(xml: string): string {
  const days: { date: string; rates: Map<string, string> }[] = [];
  const currencies = new Set<string>();
  for (const [, date = "", inner = ""] of xml.matchAll(/<Cube\s+time=["']([\d-]{10})["']\s*>(.*?)<\/Cube>/gs)) {
    const rates = new Map<string, string>();
    for (const [, currency = "", rate = ""] of inner.matchAll(/<Cube\s+currency=["']([A-Z]{3})["']\s+rate=["']([\d.]+)["']\s*\/>/g)) {
      rates.set(currency, rate);
      currencies.add(currency);
    }
    days.push({ date, rates });
  }
  const names = [...currencies].sort();
  const rows = days.map(({ date, rates }) => [date, ...names.map((name) => rates.get(name) ?? "N/A")].join(","));
  return [["Date", ...names].join(","), ...rows].join("\n");
}
