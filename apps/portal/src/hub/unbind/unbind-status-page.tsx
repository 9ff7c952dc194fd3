export function UnbindStatusPage() {
  return null;
}
