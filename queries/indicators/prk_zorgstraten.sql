/*
titel: Praktijken met alle vier de zorgstraten
vraag: In hoeveel praktijken draaien de zorgstraten diabetes, CVRM, COPD en astma alle vier?
waarom: De Koers wil dat alle praktijken deelnemen aan de chronische zorg voor diabetes, CVRM, astma en COPD.
teller: Lidpraktijken met op de peildag minstens 5 ingeschreven patiënten in elk van de vier programma's: DM2, CVRM (HVZ of VRM), COPD en ASTMA, met de huisarts als hoofdbehandelaar (of leeg).
noemer: Lidpraktijken op de laatste dag van de maand.
uitsluitingen: Praktijken die op die dag geen lid zijn.
maat: aandeel
soort: praktijk
klasse: praktijk
gebied: praktijk
bronnen: HIS, VIPLive, bureau
venster:
beter: hoger
thema: 30
vakgroep:
aandoeningen:
begrippen:
strata:
jaarcijfer:
bron: VIPLive-ketenzorg, HIS-inschrijvingen en bureauregister
referentie: Koers 2024, thema 30 Chronische zorgstraten; de grens van 5 patiënten is van Regiospiegel
bevestigd: ja
auteur: Regiospiegel
gecontroleerd: nog niet
herzien: 2026-11-22
opnieuw: 2027-11-22
aanpak:
*/
with

-- whoever is in HVZ is not in VRM, so each row is one patient of the cardiovascular programme
programme_sizes as (
    select
        practice_id,
        period_start,
        count(*) filter (where programme = 'DM2') as diabetes_patients,
        count(*) filter (where programme in ('HVZ', 'VRM')) as cardiovascular_patients,
        count(*) filter (where programme = 'COPD') as copd_patients,
        count(*) filter (where programme = 'ASTMA') as asthma_patients
    from programme_months
    group by practice_id, period_start
),

final as (
    select
        stg_memberships.practice_id,
        stg_practices.area_id,
        stg_memberships.period_start,
        case
            when
                programme_sizes.diabetes_patients >= 5
                and programme_sizes.cardiovascular_patients >= 5
                and programme_sizes.copd_patients >= 5
                and programme_sizes.asthma_patients >= 5
                then 1
            else 0
        end as numerator,
        1 as denominator
    from stg_memberships
    inner join stg_practices
        on stg_memberships.practice_id = stg_practices.practice_id
    left join programme_sizes
        on
            stg_memberships.practice_id = programme_sizes.practice_id
            and stg_memberships.period_start = programme_sizes.period_start
)

select * from final

/*
voorbeeld: in elk van de vier minstens 5 patiënten; HVZ en VRM samen zijn één zorgstraat; de vijfde komt hier pas in december bij
periode: 2022-11..2022-12

patients
practice_id | patient_id | birth_year
01000001    | 1          | 1950
01000001    | 2          | 1950
01000001    | 3          | 1950
01000001    | 4          | 1950
01000001    | 5          | 1950
01000002    | 11         | 1950
01000002    | 12         | 1950
01000002    | 13         | 1950
01000002    | 14         | 1950
01000002    | 15         | 1950

practices
practice_id | area_id    | joined_on
01000001    | nissewaard | 2010-01-01
01000002    | nissewaard | 2010-01-01
01000003    | nissewaard | 2010-01-01

programmes
practice_id | patient_id | programme | start_date | main_clinician
01000001    | 1          | DM2       | 2016-01-01 | huisarts
01000001    | 2          | DM2       | 2016-01-01 | huisarts
01000001    | 3          | DM2       | 2016-01-01 | huisarts
01000001    | 4          | DM2       | 2016-01-01 | huisarts
01000001    | 5          | DM2       | 2016-01-01 | huisarts
01000001    | 1          | COPD      | 2016-01-01 | huisarts
01000001    | 2          | COPD      | 2016-01-01 | huisarts
01000001    | 3          | COPD      | 2016-01-01 | huisarts
01000001    | 4          | COPD      | 2016-01-01 | huisarts
01000001    | 5          | COPD      | 2016-01-01 | huisarts
01000001    | 1          | ASTMA     | 2016-01-01 |
01000001    | 2          | ASTMA     | 2016-01-01 |
01000001    | 3          | ASTMA     | 2016-01-01 |
01000001    | 4          | ASTMA     | 2016-01-01 |
01000001    | 5          | ASTMA     | 2022-12-31 |
01000001    | 1          | VRM       | 2016-01-01 | huisarts
01000001    | 2          | VRM       | 2016-01-01 | huisarts
01000001    | 3          | HVZ       | 2016-01-01 | huisarts
01000001    | 4          | HVZ       | 2016-01-01 | huisarts
01000001    | 5          | HVZ       | 2016-01-01 | huisarts
01000002    | 11         | DM2       | 2016-01-01 | huisarts
01000002    | 12         | DM2       | 2016-01-01 | huisarts
01000002    | 13         | DM2       | 2016-01-01 | huisarts
01000002    | 14         | DM2       | 2016-01-01 | huisarts
01000002    | 15         | DM2       | 2016-01-01 | huisarts
01000002    | 11         | VRM       | 2016-01-01 | huisarts
01000002    | 12         | VRM       | 2016-01-01 | huisarts
01000002    | 13         | VRM       | 2016-01-01 | huisarts
01000002    | 14         | VRM       | 2016-01-01 | huisarts
01000002    | 15         | VRM       | 2016-01-01 | huisarts
01000002    | 11         | COPD      | 2016-01-01 | huisarts
01000002    | 12         | COPD      | 2016-01-01 | huisarts
01000002    | 13         | COPD      | 2016-01-01 | huisarts
01000002    | 14         | COPD      | 2016-01-01 | huisarts
01000002    | 15         | COPD      | 2016-01-01 | huisarts
01000002    | 11         | ASTMA     | 2016-01-01 | huisarts
01000002    | 12         | ASTMA     | 2016-01-01 | huisarts
01000002    | 13         | ASTMA     | 2016-01-01 | huisarts
01000002    | 14         | ASTMA     | 2016-01-01 | huisarts
01000002    | 15         | ASTMA     | 2016-01-01 | specialist

verwacht
practice_id | period_start | numerator | denominator
01000001    | 2022-11-01   | 0         | 1
01000001    | 2022-12-01   | 1         | 1
01000002    | 2022-11-01   | 0         | 1
01000002    | 2022-12-01   | 0         | 1
01000003    | 2022-11-01   | 0         | 1
01000003    | 2022-12-01   | 0         | 1
*/
