import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/**
 * X.509 certificates made at run time (RFC 5280), so that none is kept in the repository: what a test of TLS needs and
 * no more. ECDSA on P-256 with SHA-256.
 */
export type Certificate = {
  readonly pem: string;
  readonly keyPem: string;
  readonly key: KeyObject;
  readonly name: string;
};

/** ecdsa-with-SHA256, 1.2.840.10045.4.3.2. */
const ECDSA_SHA256 = Buffer.from('300a06082a8648ce3d040302', 'hex');

export type CertificateOptions = {
  readonly name: string;
  /** DNS names it is good for; none: it is a certificate authority. */
  readonly hosts?: readonly string[];
  /** Who signs it; nobody: itself. */
  readonly by?: Certificate;
  /** Days from now; a negative one has passed. */
  readonly fromDays?: number;
  readonly toDays?: number;
};

export function makeCertificate(options: CertificateOptions): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signer = options.by?.key ?? privateKey;
  const issuer = options.by?.name ?? options.name;
  const body = sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ECDSA_SHA256,
    nameOf(issuer),
    sequence(timeAt(options.fromDays ?? -1), timeAt(options.toDays ?? 30)),
    nameOf(options.name),
    publicKey.export({ format: 'der', type: 'spki' }),
    explicit(3, sequence(...extensionsOf(options, publicKey))),
  );
  const signature = sign('sha256', body, signer);
  const der = sequence(body, ECDSA_SHA256, bits(signature));
  return {
    pem: `-----BEGIN CERTIFICATE-----\n${der
      .toString('base64')
      .replace(/(.{64})/g, '$1\n')
      .trimEnd()}\n-----END CERTIFICATE-----\n`,
    keyPem: privateKey.export({ format: 'pem', type: 'pkcs8' }) as string,
    key: privateKey,
    name: options.name,
  };
}

function extensionsOf({ hosts }: CertificateOptions, publicKey: KeyObject): readonly Buffer[] {
  const id = createHash('sha1')
    .update(publicKey.export({ format: 'der', type: 'spki' }))
    .digest();
  const isAuthority = hosts === undefined;
  return [
    extension('551d13', sequence(...(isAuthority ? [tagged(0x01, Buffer.from([0xff]))] : [])), true),
    extension('551d0e', tagged(0x04, id)),
    ...(hosts === undefined
      ? []
      : [extension('551d11', sequence(...hosts.map((host) => tagged(0x82, Buffer.from(host)))))]),
  ];
}

function extension(oid: string, value: Buffer, critical = false): Buffer {
  return sequence(
    tagged(0x06, Buffer.from(oid, 'hex')),
    ...(critical ? [tagged(0x01, Buffer.from([0xff]))] : []),
    tagged(0x04, value),
  );
}

const DAY_MS = 86_400_000;

function timeAt(days: number): Buffer {
  const text = new Date(Date.now() + days * DAY_MS).toISOString().replace(/[-:T]|\.\d+/g, '');
  return tagged(0x18, Buffer.from(text));
}

function nameOf(name: string): Buffer {
  const common = sequence(tagged(0x06, Buffer.from('550403', 'hex')), tagged(0x0c, Buffer.from(name)));
  return sequence(tagged(0x31, common));
}

function integer(bytes: Buffer): Buffer {
  return tagged(0x02, bytes);
}

function bits(bytes: Buffer): Buffer {
  return tagged(0x03, Buffer.concat([Buffer.from([0]), bytes]));
}

function explicit(number: number, content: Buffer): Buffer {
  return tagged(0xa0 + number, content);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const long = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...long]), content]);
}
