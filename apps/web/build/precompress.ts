import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const worthIt = /\.(js|css|html|svg)$/;
const bytesMin = 1400;
/** Nearly the size of the highest quality in a fraction of its time: the first start builds. */
const brotliQuality = 8;

/** Writes `.br` and `.gz` beside each text file, so that the server sends small files without work. */
export function precompress(): Plugin {
  return {
    name: "biotop-precompress",
    apply: "build",
    writeBundle({ dir }) {
      if (!dir) return;
      for (const name of readdirSync(dir, { recursive: true, encoding: "utf8" })) {
        if (!worthIt.test(name)) continue;
        const bytes = readFileSync(join(dir, name));
        if (bytes.length < bytesMin) continue;
        writeFileSync(join(dir, `${name}.gz`), gzipSync(bytes, { level: 9 }));
        writeFileSync(join(dir, `${name}.br`), brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality } }));
      }
    },
  };
}
