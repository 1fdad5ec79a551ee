import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * `npm run lockfile`, after each `npm install`: names in the lock file the optional packages of other platforms that a registry
 * mirror did not have. Without their entries `npm ci` refuses the lock file, on every platform.
 */
type Package = {
  version?: string;
  optional?: boolean;
  os?: readonly string[];
  cpu?: readonly string[];
  libc?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};

const file = join(import.meta.dirname, "../package-lock.json");
const lock = JSON.parse(readFileSync(file, "utf8")) as { packages: Record<string, Package> };
const added: string[] = [];
for (const [path, { optionalDependencies = {} }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const platform = platformOf(name);
    if (isKnown(path, name) || !platform || isHere(platform)) continue;
    lock.packages[`node_modules/${name}`] = { version: version.replace(/^[~^]/, ""), ...platform, optional: true };
    added.push(name);
  }
}
const isCheck = process.argv.includes("--check");
const [root, ...rest] = Object.entries(lock.packages);
if (isCheck && added.length > 0) {
  console.error(`package-lock.json leaves out packages of other platforms, so that npm ci refuses it: run npm run lockfile`);
  process.exitCode = 1;
} else if (added.length > 0 && root) {
  lock.packages = Object.fromEntries([root, ...rest.sort(([left], [right]) => left.localeCompare(right, "en"))]);
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
}
if (!isCheck) console.log(`added ${added.length} packages of other platforms to package-lock.json`);

/** Found as Node finds it: in the package's own folder, then in each folder above. */
function isKnown(path: string, name: string): boolean {
  for (let folder = path; ; folder = folder.includes("/") ? folder.slice(0, folder.lastIndexOf("/")) : "") {
    if (lock.packages[`${folder === "" ? "" : `${folder}/`}node_modules/${name}`]) return true;
    if (folder === "") return false;
  }
}

function platformOf(name: string): Required<Pick<Package, "os" | "cpu">> & Pick<Package, "libc"> {
  const os = /(android|darwin|freebsd|linux|openharmony|netbsd|openbsd|sunos|aix|win32|windows|win)(?=-)/.exec(name)?.[1] ?? "none";
  const cpu = /-(arm64|arm|x64|ia32|ppc64|riscv64|s390x|loong64|mips64el|wasm32)\b/.exec(name)?.[1] ?? "none";
  const isMusl = /musl/.test(name);
  return { ...(isMusl ? { libc: ["musl"] } : {}), cpu: [cpu], os: [os.startsWith("win") ? "win32" : os] };
}

/** A package for this very platform that is missing is a mistake that must show. */
function isHere(platform: ReturnType<typeof platformOf>): boolean {
  const fits = platform.os.includes(process.platform) && platform.cpu.includes(process.arch);
  return fits && platform.libc === undefined;
}
