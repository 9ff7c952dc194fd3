/** The base64 bodies of every certificate in a PEM text, without line breaks; none when it holds anything odd. */
export function derOfPem(text: string): string[] {
  const blocks = [
    ...text.matchAll(/-----BEGIN CERTIFICATE-----([\sA-Za-z0-9+/=]+)-----END CERTIFICATE-----/g),
  ];
  return blocks.map(([, body = '']) => body.replaceAll(/\s/g, ''));
}
