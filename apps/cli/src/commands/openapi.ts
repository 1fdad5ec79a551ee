import { readEnvironment, readSettings } from "@biotop/server/admin";
import { endpoints, openApiDocument } from "@biotop/wire";
import type { Command } from "commander";

export function registerOpenApi(program: Command): void {
  program
    .command("openapi")
    .description("print the OpenAPI 3.1 description of the public API")
    .action(() => {
      const { publicUrl, edgePublicUrl } = readSettings(readEnvironment());
      process.stdout.write(`${JSON.stringify(openApiDocument(endpoints, { apiUrl: publicUrl, edgeUrl: edgePublicUrl }), null, 2)}\n`);
    });
}
