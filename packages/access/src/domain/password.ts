/** Twelve characters, not one of them over and over: length beats rules of composition (NIST SP 800-63B). */
export function isStrongPassword(password: string): boolean {
  return password.length >= 12 && password.length <= 200 && new Set(password).size >= 4;
}
