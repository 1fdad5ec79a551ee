import { join } from "node:path";

/** Beside the dependencies, not in the data folder: it is no data. A folder that cannot be written is simply not used. */
export const compileCacheFolder = join(import.meta.dirname, "../../../../node_modules/.cache/biotop");
