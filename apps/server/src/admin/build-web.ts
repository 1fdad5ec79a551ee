import { buildWebWhenNeeded } from "../supervisor/web-build.ts";

/** `npm run build`: the web app, when its sources are newer than its last build; npm start does this too. */
const problem = await buildWebWhenNeeded();
process.stdout.write(problem === undefined ? "The web app is built.\n" : `${problem}\n`);
process.exitCode = problem === undefined ? 0 : 1;
