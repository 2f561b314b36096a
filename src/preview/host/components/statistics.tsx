// Statistics: numbers in a row, each with a label and perhaps a trend; and the score circle.
import type {
  ScoreProps,
  StatisticsItemProps,
  StatisticsProps,
  StatisticsTrendProps,
} from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';

export function Statistics(props: StatisticsProps): ReactElement {
  return <div className="ui-statistics">{props.children}</div>;
}

export function StatisticsItem(props: StatisticsItemProps): ReactElement {
  return (
    <div className="ui-statistic" role="group" aria-label={props.label}>
      <div className="ui-statistic-label">{props.label}</div>
      <div className="ui-statistic-number">{props.number}</div>
      {props.children}
    </div>
  );
}

export function StatisticsTrend(props: StatisticsTrendProps): ReactElement {
  const rising = props.direction === 'increase';
  const color = props.color ?? (rising ? 'green' : 'red');
  return (
    <div className={`ui-trend ui-trend--${color}`}>
      <span
        className={rising ? 'ui-trend-arrow' : 'ui-trend-arrow ui-trend-arrow--down'}
        aria-hidden="true"
      />
      <span className="ui-spoken">{rising ? 'up' : 'down'} </span>
      {props.value}
    </div>
  );
}

export function ScoreCircle(props: ScoreProps): ReactElement {
  const score = Math.max(0, Math.min(100, Math.round(props.score)));
  const mood = score >= 70 ? 'good' : score >= 40 ? 'fair' : 'poor';
  return (
    <span className={`ui-score ui-score--${mood}`} role="img" aria-label={`Score ${score} of 100`}>
      {score}
    </span>
  );
}
