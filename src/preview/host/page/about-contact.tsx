// The record's own properties beside the card, as HubSpot lists them; what just changed is marked.
import type { ReactElement } from 'react';
import type { PreviewContact } from '../../contract.ts';
import { useArrivals } from './use-arrivals.ts';

const SHOWN = 12;

export function AboutContact({ contact }: { readonly contact: PreviewContact }): ReactElement {
  const { properties } = contact.hubspot;
  const arrived = useArrivals(properties);
  return (
    <section className="record-box" aria-label="About this contact">
      <h2 className="record-box-title">About this contact</h2>
      <dl className="about">
        {Object.entries(properties)
          .slice(0, SHOWN)
          .map(([name, value]) => (
            <div
              key={name}
              className={arrived.has(name) ? 'about-row about-row--arrived' : 'about-row'}
            >
              <dt>{contact.labels?.hubspot[name] ?? name}</dt>
              <dd>{value === null || value === '' ? '--' : value}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}
