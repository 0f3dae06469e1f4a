/*
titel: Verwijzingen naar de jeugdprofessional
vraag: Hoeveel verwijzingen naar de jeugdprofessional in de praktijk zijn er in de maand gedaan?
waarom: De jeugdprofessional helpt kinderen en gezinnen dichtbij, voordat zwaardere jeugdhulp nodig is.
teller: HIS-verwijzingen met bestemming jeugdprofessional, alle leeftijden; elke verwijzing telt.
noemer: Alle vast ingeschreven patiënten, alle leeftijden.
uitsluitingen: Verwijzingen van wie op die dag niet ingeschreven is.
maat: aantal
soort: stroom
klasse: beweging
gebied: patiënt
bronnen: HIS
venster:
beter: geen
thema: 26
vakgroep:
aandoeningen:
begrippen:
strata:
jaarcijfer:
bron: HIS-verwijzingen naar bestemming
referentie: Koers 2024, thema 26 Jeugdprofessional in de praktijk; Jaarverslag 2022
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
        stg_periods.period_start
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
    where referrals.destination = 'jeugdprofessional'
),

parts as (
    select
        practice_id,
        area_id,
        period_start,
        count(*) as numerator,
        0 as denominator
    from counted
    group by practice_id, area_id, period_start
    union all
    select
        practice_id,
        area_id,
        period_start,
        0 as numerator,
        patients as denominator
    from registered_counts
),

final as (
    select
        practice_id,
        area_id,
        period_start,
        cast(sum(numerator) as bigint) as numerator,
        cast(sum(denominator) as bigint) as denominator
    from parts
    group by practice_id, area_id, period_start
)

select * from final

/*
voorbeeld: elke verwijzing telt, in het gebied van de patiënt, welke leeftijd ook; een andere bestemming niet; wie die dag is ingeschreven telt, wie die dag is uitgeschreven niet
periode: 2022-12

patients
patient_id | birth_year | postcode4 | registered_from | registered_until
1          | 1970       | 3201      | 2010-01-01      |
2          | 1980       | 1234      | 2022-12-05      |
3          | 1980       | 3201      | 2010-01-01      | 2022-12-10

referrals
patient_id | referred_on | destination
1          | 2022-12-01  | jeugdprofessional
1          | 2022-12-31  | jeugdprofessional
1          | 2022-11-30  | jeugdprofessional
2          | 2022-12-04  | jeugdprofessional
2          | 2022-12-05  | jeugdprofessional
2          | 2022-12-06  | basis-ggz
3          | 2022-12-10  | jeugdprofessional

verwacht
area_id    | period_start | numerator | denominator
elders     | 2022-12-01   | 1         | 1
nissewaard | 2022-12-01   | 2         | 1
*/
