/** A number that can be pressed to call; several, or a chat group, stay text. */
export function PhoneLink({ phone }: { phone: string }) {
  if (!/^[\d-]{5,20}$/.test(phone)) return <span className="figures">{phone}</span>;
  return (
    <a className="figures" href={`tel:${phone.replaceAll('-', '')}`}>
      {phone}
    </a>
  );
}
