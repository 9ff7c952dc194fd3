import { useId } from 'react';
import { LEFT_HALF, LEFT_INLAY, RIGHT_HALF, RIGHT_INLAY, TAIL, TIGER } from './tally.ts';
import './mark.css';

type MarkProps = {
  /** How far the halves stand apart, in the drawing's units; 0 shows the tally joined. */
  apart?: number;
  className?: string;
};

/** 虎符: a bronze tiger tally in two halves, inlaid with gold. Decorative: the name stands beside it in words. */
export function Mark({ apart = 0, className = '' }: MarkProps) {
  const id = useId();
  return (
    <svg
      className={`mark ${className}`}
      viewBox={`${-apart} 16 ${240 + 2 * apart} 126`}
      aria-hidden="true"
      focusable="false"
    >
      <defs>
        <clipPath id={`${id}l`}>
          <path d={LEFT_HALF} />
        </clipPath>
        <clipPath id={`${id}r`}>
          <path d={RIGHT_HALF} />
        </clipPath>
      </defs>
      <g transform={`translate(${-apart} 0)`}>
        <g clipPath={`url(#${id}l)`}>
          <path className="mark-left" d={TIGER} />
        </g>
        <path className="mark-inlay" d={LEFT_INLAY} />
        <circle className="mark-eye" cx="44" cy="61" r="3.4" />
      </g>
      <g transform={`translate(${apart} 0)`}>
        <g clipPath={`url(#${id}r)`}>
          <path className="mark-tail" d={TAIL} />
          <path className="mark-right" d={TIGER} />
        </g>
        <path className="mark-inlay" d={RIGHT_INLAY} />
      </g>
    </svg>
  );
}
