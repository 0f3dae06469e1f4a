/*
titel: Praktijken met een digitale triagetool
vraag: Hoeveel praktijken gebruiken een digitale triagetool?
waarom: Een triagetool helpt patiënten kiezen en houdt de telefoon vrij.
teller: Lidpraktijken waarvan het laatste feit triagetool tot en met de peildag ja is, of een getal boven nul.
noemer: Lidpraktijken op de laatste dag van de maand.
uitsluitingen: Praktijken die op die dag geen lid zijn. Zonder feit telt de praktijk als 0 van 1 en staat er "geen opgave".
maat: aandeel
soort: praktijk
klasse: praktijk
gebied: praktijk
bronnen: bureau
venster:
beter: hoger
thema: 18
vakgroep:
aandoeningen:
begrippen:
strata:
jaarcijfer:
bron: Bureauregister, praktijkfeiten
referentie: Koers 2024, thema 18 Digitale triagetools; Toolbox Meer Tijd voor de Patiënt
bevestigd: ja
auteur: Regiospiegel
gecontroleerd: nog niet
herzien: 2026-11-22
opnieuw: 2027-11-22
aanpak:
*/
with

facts as (
    select
        practice_facts.practice_id,
        stg_periods.period_start,
        practice_facts.value,
        row_number() over (
            partition by practice_facts.practice_id, stg_periods.period_start
            -- on one day yes goes before no
            order by practice_facts.fact_date desc, practice_facts.value desc
        ) as row_rank
    from practice_facts
    inner join stg_periods
        on practice_facts.fact_date <= stg_periods.period_end
    where practice_facts.fact = 'triagetool'
),

final as (
    select
        stg_memberships.practice_id,
        stg_practices.area_id,
        stg_memberships.period_start,
        case when facts.value > 0 then 1 else 0 end as numerator,
        1 as denominator
    from stg_memberships
    inner join stg_practices
        on stg_memberships.practice_id = stg_practices.practice_id
    left join facts
        on
            stg_memberships.practice_id = facts.practice_id
            and stg_memberships.period_start = facts.period_start
            and facts.row_rank = 1
)

select * from final

/*
voorbeeld: het laatste feit telt, op dezelfde dag gaat ja voor, zonder feit is het 0 van 1
periode: 2022-12

practices
practice_id | area_id    | joined_on  | left_on
01000001    | nissewaard | 2010-01-01 |
01000002    | nissewaard | 2010-01-01 |
01000003    | nissewaard | 2010-01-01 |
01000004    | nissewaard | 2010-01-01 | 2022-12-31

practice_facts
practice_id | fact       | fact_date  | value
01000001    | triagetool | 2022-03-01 | 0
01000001    | triagetool | 2022-03-01 | 1
01000002    | triagetool | 2022-03-01 | 1
01000002    | triagetool | 2022-10-01 | 0
01000004    | triagetool | 2022-03-01 | 1

verwacht
practice_id | numerator | denominator
01000001    | 1         | 1
01000002    | 0         | 1
01000003    | 0         | 1
*/

/*
voorbeeld: mtvp_triage is een ander feit; het laatste feit blijft gelden tot er een nieuw is
periode: 2022-12

practices
practice_id | area_id    | joined_on
01000001    | nissewaard | 2010-01-01
01000002    | nissewaard | 2010-01-01

practice_facts
practice_id | fact        | fact_date  | value
01000001    | triagetool  | 2019-05-01 | 1
01000001    | mtvp_triage | 2022-06-01 | 0
01000002    | mtvp_triage | 2022-06-01 | 1

verwacht
practice_id | numerator | denominator
01000001    | 1         | 1
01000002    | 0         | 1
*/
