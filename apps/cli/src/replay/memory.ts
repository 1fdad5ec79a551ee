import type { Addresses } from "./session.ts";

export type Memory = { readonly edgeMb: number | undefined; readonly serverMb: number | undefined };

/** Resident memory as both processes report it at `/metrics`. */
export async function readMemory(addresses: Addresses): Promise<Memory> {
  return { edgeMb: await residentMb(addresses.edgeUrl), serverMb: await residentMb(addresses.baseUrl) };
}

async function residentMb(url: string): Promise<number | undefined> {
  const text = await fetch(new URL("/metrics", url)).then(
    (response) => (response.ok ? response.text() : ""),
    () => "",
  );
  const bytes = /^process_resident_memory_bytes(?:\{[^}]*\})?\s+([\d.e+]+)/m.exec(text)?.[1];
  return bytes === undefined ? undefined : Math.round(Number(bytes) / 1_048_576);
}
