import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { messageCatalogues } from "./build/message-catalogues.ts";
import { precompress } from "./build/precompress.ts";

const apiPort = process.env["PORT"] ?? "3000";

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), messageCatalogues(), precompress()],
  build: { outDir: "dist", emptyOutDir: true, target: "es2023", sourcemap: false, chunkSizeWarningLimit: 700 },
  server: {
    host: "127.0.0.1",
    proxy: { "/v1": `http://127.0.0.1:${apiPort}`, "/openapi.json": `http://127.0.0.1:${apiPort}` },
  },
});
