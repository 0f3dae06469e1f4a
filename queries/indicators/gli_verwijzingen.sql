/*
titel: Verwijzingen naar de GLI
vraag: Hoeveel patiënten zijn er in de maand naar een gecombineerde leefstijlinterventie verwezen?
waarom: Zonder verwijzing komt niemand bij een leefstijlcoach terecht.
teller: Rijen VIPLive-GLI naar verwijsdatum, in het gebied waar de patiënt woont; elke verwijzing telt.
noemer: Alle vast ingeschreven patiënten, alle leeftijden.
uitsluitingen: Verwijzingen van wie op die dag niet ingeschreven is.
maat: aantal
soort: stroom
klasse: beweging
gebied: patiënt
bronnen: HIS, VIPLive
venster:
beter: hoger
thema: 23
vakgroep:
aandoeningen:
begrippen:
strata: doelgroep (kind, volwassen; naar programma)
jaarcijfer:
bron: VIPLive-GLI
referentie: Jaarverslag 2022, GLI; Koers 2024, thema 23
bevestigd: ja
auteur: Regiospiegel
gecontroleerd: nog niet
herzien: 2026-11-22
opnieuw: 2027-11-22
aanpak:
*/
with

counted as (
    select
        lifestyle_programmes.practice_id,
        stg_patients.area_id,
        stg_periods.period_start,
        case
            when lifestyle_programmes.programme = 'kind' then 'kind'
            else 'volwassen'
        end as stratum
    from lifestyle_programmes
    inner join stg_registrations
        on
            lifestyle_programmes.patient_id = stg_registrations.patient_id
            and lifestyle_programmes.referred_on >= stg_registrations.registered_from
            and lifestyle_programmes.referred_on < stg_registrations.registered_until
    inner join stg_patients
        on lifestyle_programmes.patient_id = stg_patients.patient_id
    inner join stg_periods
        on
            lifestyle_programmes.referred_on >= stg_periods.period_start
            and lifestyle_programmes.referred_on <= stg_periods.period_end
),

parts as (
    select
        practice_id,
        area_id,
        period_start,
        cast(null as varchar) as stratum,
        count(*) as numerator,
        0 as denominator
    from counted
    group by practice_id, area_id, period_start
    union all
    select
        practice_id,
        area_id,
        period_start,
        stratum,
        count(*) as numerator,
        0 as denominator
    from counted
    group by practice_id, area_id, period_start, stratum
    union all
    select
        practice_id,
        area_id,
        period_start,
        cast(null as varchar) as stratum,
        0 as numerator,
        patients as denominator
    from registered_counts
),

final as (
    select
        practice_id,
        area_id,
        period_start,
        stratum,
        cast(sum(numerator) as bigint) as numerator,
        cast(sum(denominator) as bigint) as denominator
    from parts
    group by practice_id, area_id, period_start, stratum
)

select * from final

/*
voorbeeld: elke verwijzing telt in het gebied van de patiënt; wie die dag is ingeschreven telt, wie die dag is uitgeschreven niet; een postcode in geen gebied is elders
periode: 2022-12

patients
patient_id | birth_year | postcode4 | registered_from | registered_until
1          | 1970       | 3201      | 2022-12-01      |
2          | 2014       | 3201      | 2010-01-01      |
3          | 1980       | 1234      | 2010-01-01      |
4          | 1980       | 3201      | 2010-01-01      | 2022-12-10

lifestyle_programmes
patient_id | referred_on | programme
1          | 2022-12-01  | CooL
1          | 2022-12-31  | BeweegKuur
1          | 2022-11-30  | CooL
2          | 2022-12-05  | kind
3          | 2022-12-05  | SSiB
4          | 2022-12-10  | CooL

verwacht
area_id    | period_start | stratum   | numerator | denominator
elders     | 2022-12-01   |           | 1         | 1
elders     | 2022-12-01   | volwassen | 1         | 0
nissewaard | 2022-12-01   |           | 3         | 2
nissewaard | 2022-12-01   | kind      | 1         | 0
nissewaard | 2022-12-01   | volwassen | 2         | 0
*/

/*
voorbeeld: wie later in de maand vertrekt telt wel als verwijzing en niet meer in de noemer
periode: 2022-12

patients
patient_id | birth_year | postcode4 | registered_until
1          | 1970       | 3201      |
2          | 1980       | 1234      | 2022-12-20

lifestyle_programmes
patient_id | referred_on | programme
2          | 2022-12-05  | CooL

verwacht
area_id    | period_start | stratum   | numerator | denominator
elders     | 2022-12-01   |           | 1         | 0
elders     | 2022-12-01   | volwassen | 1         | 0
nissewaard | 2022-12-01   |           | 0         | 1
*/
