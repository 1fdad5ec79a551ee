import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** 160 random bits as text that survives mails and addresses. */
export function newToken(): string {
  return randomBytes(20).toString("base64url").replaceAll(/[-_]/g, "x");
}

/** For secrets that are random enough to need no salt: tokens and keys, never passwords. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

export function isSameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

export function hmacSha256Base64(secret: string, text: string): string {
  return createHmac("sha256", secret).update(text).digest("base64");
}
