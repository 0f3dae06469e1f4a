/*
titel: Verwijzingen naar de ggz
vraag: Hoeveel verwijzingen naar de basis-ggz en de gespecialiseerde ggz zijn er in de maand gedaan?
waarom: Laat zien hoe groot de vraag naar ggz is, en of die in de basis-ggz of bij de specialist terechtkomt.
teller: HIS-verwijzingen met bestemming basis-ggz of gespecialiseerde ggz; elke verwijzing telt.
noemer: Alle vast ingeschreven patiënten, alle leeftijden.
uitsluitingen: Verwijzingen van wie op die dag niet ingeschreven is.
maat: aantal
soort: stroom
klasse: beweging
gebied: patiënt
bronnen: HIS
venster:
beter: geen
thema: 28
vakgroep:
aandoeningen:
begrippen:
strata: soort ggz (basis, gespecialiseerd)
jaarcijfer:
bron: HIS-verwijzingen naar bestemming
referentie: Koers 2024, thema 28 Digitale consultatie ggz; Jaarverslag 2022, mentale gezondheid
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
        referrals.practice_id,
        stg_patients.area_id,
        stg_periods.period_start,
        case
            when referrals.destination = 'basis-ggz' then 'basis'
            else 'gespecialiseerd'
        end as stratum
    from referrals
    inner join stg_registrations
        on
            referrals.patient_id = stg_registrations.patient_id
            and referrals.referred_on >= stg_registrations.registered_from
            and referrals.referred_on < stg_registrations.registered_until
    inner join stg_patients
        on referrals.patient_id = stg_patients.patient_id
    inner join stg_periods
        on
            referrals.referred_on >= stg_periods.period_start
            and referrals.referred_on <= stg_periods.period_end
    where referrals.destination in ('basis-ggz', 'gespecialiseerde ggz')
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
voorbeeld: basis en gespecialiseerd apart en samen; een andere bestemming niet; wie die dag is ingeschreven telt, wie die dag is uitgeschreven niet
periode: 2022-12

patients
patient_id | birth_year | registered_from | registered_until
1          | 1970       | 2022-12-01      |
2          | 1980       | 2010-01-01      | 2022-12-10

referrals
patient_id | referred_on | destination
1          | 2022-12-01  | basis-ggz
1          | 2022-12-31  | basis-ggz
1          | 2022-12-15  | gespecialiseerde ggz
1          | 2022-12-16  | jeugdprofessional
1          | 2023-01-01  | basis-ggz
2          | 2022-12-10  | gespecialiseerde ggz

verwacht
period_start | stratum         | numerator | denominator
2022-12-01   |                 | 3         | 1
2022-12-01   | basis           | 2         | 0
2022-12-01   | gespecialiseerd | 1         | 0
*/
