/** A target address split at the place of our own parameter: `before + clickId + after`. */
export type Landing = {
  readonly before: string;
  readonly after: string;
  /** The address without our parameter: for a shopper without consent. */
  readonly untracked: string;
};

/**
 * Finds the place of the click id in a target. Everything else in the address is kept byte for byte; a parameter of the same name
 * is replaced where it stands (a second one is dropped), otherwise ours is appended before the fragment.
 */
export function landingOf(target: string, parameter: string): Landing {
  const hash = target.indexOf("#");
  const fragment = hash === -1 ? "" : target.slice(hash);
  const address = hash === -1 ? target : target.slice(0, hash);
  const mark = address.indexOf("?");
  if (mark === -1) return { before: `${address}?${parameter}=`, after: fragment, untracked: target };

  const path = address.slice(0, mark);
  const query = address.slice(mark + 1);
  const entries = query.split("&");
  const own = entries.findIndex((entry) => isNamed(entry, parameter));
  if (own === -1) {
    const separator = query === "" || query.endsWith("&") ? "" : "&";
    return { before: `${address}${separator}${parameter}=`, after: fragment, untracked: target };
  }
  const others = entries.filter((entry, index) => index < own || !isNamed(entry, parameter));
  const head = others.slice(0, own).join("&");
  const tail = others.slice(own).join("&");
  const rest = [...others.slice(0, own), ...others.slice(own)].join("&");
  return {
    before: `${path}?${head}${own > 0 ? "&" : ""}${parameter}=`,
    after: `${others.length > own ? "&" : ""}${tail}${fragment}`,
    untracked: `${path}${rest === "" ? "" : `?${rest}`}${fragment}`,
  };
}

function isNamed(entry: string, parameter: string): boolean {
  const equals = entry.indexOf("=");
  const name = equals === -1 ? entry : entry.slice(0, equals);
  if (name === parameter) return true;
  return name.includes("%") && decoded(name) === parameter;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
