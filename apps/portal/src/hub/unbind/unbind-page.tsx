export function UnbindPage() {
  return null;
}
