/*
titel: Verwijzingen naar de medisch specialist
vraag: Hoeveel verwijzingen naar de medisch specialist waren er in de laatste 12 maanden per 1.000 patiënten?
waarom: Meer tijd in de spreekkamer kan een verwijzing voorkomen.
teller: HIS-verwijzingen met bestemming medisch specialist in het venster van wie op die dag ingeschreven was.
noemer: Alle vast ingeschreven patiënten op de peildag.
uitsluitingen: Andere bestemmingen; verwijzingen van wie op die dag niet ingeschreven was.
maat: ratio
soort: stand
klasse: beweging
gebied: patiënt
bronnen: HIS
venster: 12
beter: geen
thema:
vakgroep:
aandoeningen:
begrippen:
strata:
jaarcijfer:
bron: HIS-verwijzingen en -inschrijvingen
referentie: Meer Tijd voor de Patiënt, landelijke monitor; spiegelinformatie, geen oordeel over een praktijk
bevestigd: ja
auteur: Regiospiegel
gecontroleerd: nog niet
herzien: 2026-11-22
opnieuw: 2027-11-22
aanpak:
schaal: 1000
*/
with

monthly as (
    select
        referrals.practice_id,
        stg_patients.area_id,
        year(referrals.referred_on) * 12 + month(referrals.referred_on) as month_index,
        count(*) as all_referrals
    from referrals
    inner join stg_registrations
        on
            referrals.patient_id = stg_registrations.patient_id
            and referrals.referred_on >= stg_registrations.registered_from
            and referrals.referred_on < stg_registrations.registered_until
    inner join stg_patients
        on referrals.patient_id = stg_patients.patient_id
    where referrals.destination = 'medisch specialist'
    group by
        referrals.practice_id,
        stg_patients.area_id,
        year(referrals.referred_on) * 12 + month(referrals.referred_on)
),

parts as (
    select
        monthly.practice_id,
        monthly.area_id,
        stg_periods.period_start,
        sum(monthly.all_referrals) as numerator,
        0 as denominator
    from monthly
    inner join stg_periods
        on monthly.month_index between stg_periods.period_index - 11 and stg_periods.period_index
    group by monthly.practice_id, monthly.area_id, stg_periods.period_start
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
voorbeeld: de eerste dag van het venster telt, een dag eerder niet; een andere bestemming niet; wie die dag is ingeschreven telt, wie die dag is uitgeschreven niet
periode: 2022-11..2022-12

patients
patient_id | birth_year | postcode4 | registered_from | registered_until
1          | 1950       | 3201      | 2010-01-01      |
2          | 1960       | 1234      | 2022-06-14      | 2022-06-15

referrals
patient_id | referred_on | destination        | programme
1          | 2022-01-01  | medisch specialist | cardiologie
1          | 2022-01-01  | medisch specialist | interne
1          | 2022-12-31  | medisch specialist |
1          | 2021-12-31  | medisch specialist | cardiologie
1          | 2022-06-01  | fysiotherapeut     |
2          | 2022-06-14  | medisch specialist | cardiologie
2          | 2022-06-15  | medisch specialist | cardiologie

verwacht
area_id    | period_start | numerator | denominator
elders     | 2022-11-01   | 1         | 0
elders     | 2022-12-01   | 1         | 0
nissewaard | 2022-11-01   | 3         | 1
nissewaard | 2022-12-01   | 3         | 1
*/
