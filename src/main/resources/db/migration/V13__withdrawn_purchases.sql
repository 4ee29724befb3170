-- A purchase whose request was withdrawn could be ordered without the star until now. What was is nobody's breach.
insert into hp_known_passage (hold_point, document, finding, known_since)
select distinct 'urgent-purchase/purchase.order', c.document, 'passedWithoutRelease', current_timestamp
from hp_case c
where c.workflow = 'urgent-purchase' and c.outcome = 'withdrawn'
  and not exists (select 1 from hp_known_passage k
                  where k.hold_point = 'urgent-purchase/purchase.order' and k.document = c.document
                    and k.finding = 'passedWithoutRelease');
