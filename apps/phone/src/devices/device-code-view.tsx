import './device-code.css';

/** A safety code, in groups that two people can read to each other. */
export function DeviceCodeView({ label, groups }: { label: string; groups: readonly string[] }) {
  return (
    <div className="device-code">
      <p className="device-code-label">{label}</p>
      <p className="device-code-digits figures">{groups.join(' ')}</p>
    </div>
  );
}
