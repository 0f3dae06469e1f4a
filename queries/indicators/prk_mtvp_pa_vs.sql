/*
titel: Praktijken met interventie: inzet physician assistant of verpleegkundig specialist
vraag: Hoeveel praktijken doen de interventie inzet van een PA of VS?
waarom: Een PA of VS neemt een deel van de spreekuren over, zodat de huisarts tijd houdt.
teller: Lidpraktijken waarvan het laatste feit mtvp_pa_vs tot en met de peildag ja is.
noemer: Lidpraktijken op de laatste dag van de maand.
uitsluitingen: Praktijken die op die dag geen lid zijn. Zonder feit telt de praktijk als 0 van 1 en staat er "geen opgave".
maat: aandeel
soort: praktijk
klasse: praktijk
gebied: praktijk
bronnen: bureau
venster:
beter: geen
thema:
vakgroep:
aandoeningen:
begrippen:
strata:
jaarcijfer:
bron: Bureauregister, praktijkfeiten
referentie: Toolbox Meer Tijd voor de Patiënt; de toolbox noemt geen getal
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
    where practice_facts.fact = 'mtvp_pa_vs'
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
01000001    | mtvp_pa_vs | 2022-03-01 | 0
01000001    | mtvp_pa_vs | 2022-03-01 | 1
01000002    | mtvp_pa_vs | 2022-03-01 | 1
01000002    | mtvp_pa_vs | 2022-10-01 | 0
01000004    | mtvp_pa_vs | 2022-03-01 | 1

verwacht
practice_id | numerator | denominator
01000001    | 1         | 1
01000002    | 0         | 1
01000003    | 0         | 1
*/

/*
voorbeeld: pa_vs is een ander feit; het laatste feit blijft gelden tot er een nieuw is
periode: 2022-12

practices
practice_id | area_id    | joined_on
01000001    | nissewaard | 2010-01-01
01000002    | nissewaard | 2010-01-01

practice_facts
practice_id | fact       | fact_date  | value
01000001    | mtvp_pa_vs | 2019-05-01 | 1
01000001    | pa_vs      | 2022-06-01 | 0
01000002    | pa_vs      | 2022-06-01 | 1

verwacht
practice_id | numerator | denominator
01000001    | 1         | 1
01000002    | 0         | 1
*/
